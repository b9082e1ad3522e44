import { globSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { description as desktop } from '../../reference/description.ts'
import type { Description, Platform } from '../contract/description.ts'
import { accessPolicies, operationNames, profiles } from '../contract/operations.ts'
import { exemption } from '../judging/verdict.ts'
import { exclusions } from './exclusions.ts'
import { requirements } from './index.ts'
import type { Row } from './requirement.ts'
import { rows } from './rows.ts'

/** A vault that claims everything. Of two ways to use a keyring a row may mean one. */
const everything = (platform: Platform, keyring: 'every-call' | 'unlock'): Description => ({
  ...desktop,
  platform,
  profiles: [...profiles],
  operations: [...operationNames],
  secrets: 'recipes',
  keyring: platform === 'desktop' ? keyring : 'none',
  biometric: { policies: [...accessPolicies], prompts: ['get'], backup: 'included', reinstall: 'purges' },
  pin: { attempts: 5, digits: [4, 8] },
  approved: { outside: 2 },
  signing: { asks: 'each', keys: 'given' },
})
const platforms = ['desktop', 'android', 'ios'] as const

describe('the rows', () => {
  it('are the files of the families, each under its id', () => {
    const files = globSync('*/*-[0-9]*.ts', { cwd: import.meta.dirname }).map((file) => file.replaceAll('\\', '/'))
    const named = rows.map(({ id, family }) => `${family.toLowerCase()}/${id}.ts`)
    expect(named.toSorted()).toEqual(files.toSorted())
    for (const { id, family } of rows) expect(id).toMatch(new RegExp(`^${family}-\\d\\d$`))
    expect(files.map((file) => basename(dirname(file)))).toContain('db')
  })
  it('have ids of their own, in order', () => {
    const ids = rows.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(requirements.map(({ id }) => id)).toEqual(requirements.map(({ id }) => id).toSorted())
    expect(exclusions.map(({ id }) => id)).toEqual(exclusions.map(({ id }) => id).toSorted())
  })
  it.each(rows.map((row) => [row.id, row] as const))('%s says what it asks, why, and what to do', (_, row) => {
    for (const sentence of [row.clause, row.why, row.advice]) expect(sentence).toMatch(/^\S[\s\S]{20,}\.$/)
    expect(new Set(row.cwe).size).toBe(row.cwe.length)
    expect(new Set(row.sources).size).toBe(row.sources.length)
    // Weaknesses have a field of their own.
    expect(row.sources.filter((source) => /^(CWE|MASWE)-/.test(source))).toEqual([])
  })
  it.each(requirements.map((row) => [row.id, row] as const))('%s judges something, beside a twin', (_, row) => {
    expect(row.judges.length).toBeGreaterThan(0)
    expect(row.twin.length).toBeGreaterThan(0)
    expect(row.profiles.length).toBeGreaterThan(0)
  })
  it.each(requirements.map((row) => [row.id, row] as const))('%s means something exactly where it says', (_, row) => {
    const means = (platform: Platform) =>
      (['every-call', 'unlock'] as const).some((keyring) => exemption(row, everything(platform, keyring)) === null)
    const meant = platforms.filter(means)
    expect(meant).toEqual(platforms.filter((platform) => row.platforms?.includes(platform) ?? true))
  })
})

describe('an exclusion', () => {
  it.each(exclusions.map((row) => [row.id, row] as const))('%s has a reason that says what is missing', (_, row) => {
    expect(row.excluded.split(/\s+/).length).toBeGreaterThan(20)
    expect(row.excluded).toMatch(/\.$/)
  })
  it('has a reason of its own', () => {
    expect(new Set(exclusions.map(({ excluded }) => excluded)).size).toBe(exclusions.length)
  })
})

it('a row with neither a check nor a reason does not compile, nor one with both, nor one without a weakness', () => {
  const [exclusion] = exclusions
  const [requirement] = requirements
  if (exclusion === undefined || requirement === undefined) expect.unreachable()
  const { excluded, ...undecided } = exclusion
  const { cwe, ...unnamed } = requirement
  // @ts-expect-error
  const bad: readonly Row[] = [undecided]
  // @ts-expect-error
  const worse: readonly Row[] = [{ ...requirement, excluded }]
  // @ts-expect-error
  const worst: readonly Row[] = [unnamed]
  expect([...bad, ...worse, ...worst, ...cwe]).not.toEqual([])
})
