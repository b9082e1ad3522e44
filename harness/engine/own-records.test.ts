import { describe, expect, it } from 'vitest'
import { model } from '../../devices/model/model.ts'
import type { Description } from '../contract/description.ts'
import type { StreamRecord } from '../contract/stream.ts'
import type { ValueRef } from '../contract/values.ts'
import type { VaultModule } from '../contract/vault.ts'
import { requirementOf } from '../requirements/index.ts'
import { secretOf } from './canary.ts'
import { judgeTarget } from './judge-target.ts'
import { findLeaks } from './leaks.ts'
import { withoutSecrets } from './own-records.ts'
import { AdapterFault, inProcessTarget } from './target.ts'

const ref: ValueRef = { canary: 4, size: 20, kind: 'unicode' }
const secret = String(secretOf(ref, 'text'))
const given = new Map([[secret, ref]])
const cleaned = (record: StreamRecord) => withoutSecrets(record, 'any@model', given, true)
const error = (sentence: string): StreamRecord => ({
  type: 'target-error',
  target: 'any@model',
  blame: 'adapter',
  cause: 'adapter',
  sentence,
})
const verdict = (why: string): StreamRecord => ({
  type: 'verdict',
  target: 'any@model',
  requirement: 'PST-06',
  verdict: { is: 'not-testable', cause: 'vault', why },
  effort: { programs: 0, situations: 0, twins: 0 },
})

describe('a record', () => {
  it('that holds no secret is left as it is', () => {
    for (const record of [error('all is well'), verdict('all is well')]) expect(cleaned(record)).toBe(record)
  })
  it.each([secret, JSON.stringify(secret), Buffer.from(secret).toString('base64'), encodeURIComponent(secret)])(
    'that holds a secret says so in place of it, and of nothing else',
    (held) => {
      const said = /^What was to be said here held secret #4 \(\S+\) and was left out\.$/
      expect(cleaned(error(held))).toEqual({ ...error(''), sentence: expect.stringMatching(said) })
      expect(cleaned(verdict(held))).toEqual({
        ...verdict(''),
        verdict: { is: 'harness-error', why: expect.stringMatching(said) },
      })
    },
  )
})

const description: Description = {
  name: 'any',
  version: '1',
  profiles: ['store'],
  operations: ['put', 'get', 'delete'],
  values: 'text',
  limits: {},
  durability: 'durable',
  keyring: 'none',
  restore: 'namespace',
  derived: [],
  mapping: [],
}

it('no record of a run holds a secret, whatever an adapter says when it fails', async () => {
  const values = new Set<string>()
  let puts = 0
  const vault: VaultModule = {
    description,
    open: () => ({
      description,
      async invoke(call) {
        if (call.op !== 'put') return { is: 'fail', failure: { code: 'not-found' } }
        values.add(String(call.value))
        // The first few are those of the smoke test.
        if (++puts > 8) throw new AdapterFault(`The adapter ended. It said last: cannot store ${call.value}`)
        return { is: 'ok', value: null }
      },
    }),
  }
  const target = inProcessTarget(vault, model())
  const records: StreamRecord[] = []
  const requirement = requirementOf('PST-06')
  if (requirement === undefined) throw new Error('there is a PST-06')
  for await (const record of judgeTarget(async () => target, {
    name: 'any@model',
    vault: 'module:any',
    version: '1',
    seed: 1,
    budget: { programs: 20, commands: 10, shrinkRuns: 10 },
    requirements: [requirement],
    baseline: { known: [] },
    today: '2026-01-01',
    prefix: 'holdfast',
    deadlineMs: 1000,
    cut: () => null,
    beat: () => {},
    mustReach: false,
  }))
    records.push(record)
  expect(records.map(({ type }) => type)).toContain('target-error')
  const used = new Map([...values].map((value) => [value, ref]))
  expect(findLeaks(Buffer.from(JSON.stringify(records)), used, true)).toEqual([])
  expect(JSON.stringify(records)).toContain('was left out')
})
