import { expect, test } from 'vitest'
import type { Description } from '../contract/description.ts'
import { type Environment, facetNames } from '../contract/environment.ts'
import { sampleStore } from '../contract/sample-store.ts'
import { requirement } from '../requirements/conc/CONC-02.ts'
import { requirement as ofDesktops } from '../requirements/log/LOG-02.ts'
import { requirement as appUpdate } from '../requirements/pst/PST-03.ts'
import type { BaselineEntry } from './baseline.ts'
import { exemption, verdictOf } from './verdict.ts'

const description: Description = { ...sampleStore, operations: ['put', 'get', 'delete'], values: 'text' }
const facets = Object.fromEntries(
  facetNames.map((name) => [name, { is: 'unproven', why: '' }]),
) as unknown as Environment['facets']
const environment: Environment = { device: 'any', fidelity: 'F2', software: {}, facets, controls: [] }
const entry: BaselineEntry = {
  target: 'any@any',
  requirement: requirement.id,
  reason: 'a race',
  link: 'https://example.org/1',
  expires: '2027-01-31',
}
const verdict = (known: readonly BaselineEntry[], fingerprints: readonly string[], today = '2026-12-31') =>
  verdictOf({
    requirement,
    description,
    environment,
    effort: { programs: 10, situations: 5, twins: 5 },
    held: 5,
    fingerprints,
    target: 'any@any',
    baseline: { known: [...known] },
    today,
    cut: null,
    mustReach: false,
  }).is
const failed = [`${requirement.id}/unavailable`]

test('a known failure that holds is a surprise, but for one that does not always show', () => {
  const sometimes: BaselineEntry = { ...entry, sometimes: true }
  expect(verdict([], [])).toBe('pass')
  expect(verdict([entry], [])).toBe('unexpected-pass')
  expect(verdict([sometimes], [])).toBe('pass')
  expect(verdict([sometimes], failed)).toBe('expected-fail')
  expect(verdict([{ ...sometimes, fingerprint: 'CONC-02/again' }], failed)).toBe('fail')
  expect(verdict([sometimes], failed, '2027-02-01')).toBe('fail')
})

test('a row says nothing of a vault for a platform on which it means nothing', () => {
  expect(exemption(ofDesktops, description)).toBeNull()
  expect(exemption(ofDesktops, { ...description, platform: 'ios' })).toBe(
    'it is about desktop, and the vault is for ios',
  )
  expect(exemption(requirement, { ...description, platform: 'ios' })).toBeNull()
})

test('what only a control brings that the device does not have is not testable there, whatever the budget', () => {
  const never = (controls: readonly string[]) =>
    verdictOf({
      requirement: appUpdate,
      description: { ...description, profiles: ['store', 'biometric'], platform: 'android' },
      environment: { ...environment, controls: [...controls] },
      effort: { programs: 10, situations: 0, twins: 5 },
      held: 0,
      fingerprints: [],
      target: 'any@any',
      baseline: { known: [] },
      today: '2026-12-31',
      cut: null,
      mustReach: false,
    })
  expect(never(['enrol'])).toEqual({
    is: 'not-testable',
    cause: 'environment',
    why: "any has no control 'update-app' or 'update-system'",
  })
  expect(never(['update-app'])).toMatchObject({ cause: 'budget' })
})
