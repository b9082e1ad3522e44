import { expect, it } from 'vitest'
import type { Description } from '../contract/description.ts'
import type { Event, Outcome } from '../contract/history.ts'
import type { Operation } from '../contract/operations.ts'
import { sampleStore } from '../contract/sample-store.ts'
import { factsOf } from '../judging/facts.ts'
import { requirement as conc02 } from './conc/CONC-02.ts'
import { check } from './requirement.ts'

const description: Description = {
  ...sampleStore,
  operations: ['put', 'get'],
  limits: { value: { max: 100, unit: 'bytes' } },
}
const put = (size = 12, kind: 'text' | 'wide' = 'text'): Operation => ({
  op: 'put',
  name: 'a',
  value: { canary: 1, size, kind },
})
const get: Operation = { op: 'get', name: 'a' }
const ok: Outcome = { is: 'ok', value: null }
const fail = (code: 'not-found' | 'too-large' | 'corrupt'): Outcome => ({ is: 'fail', failure: { code } })

/** Two calls that both begin before one of them ends; the first ends first. */
function overlapping(...calls: readonly (readonly [Operation, Outcome])[]) {
  const events: Event[] = []
  const stamp = () => ({ seq: events.length, at: 0, boot: 0, command: 0 })
  for (const [call, [op]] of calls.entries()) events.push({ ...stamp(), type: 'invoke', call, op })
  for (const [call, [, outcome]] of calls.entries())
    events.push({ ...stamp(), type: 'return', call, outcome, again: false })
  const finding = check(
    conc02,
    factsOf({ program: { commands: [], schedule: [] }, events, ended: 'complete' }, description),
    description,
  )
  return finding.is === 'broken' ? finding.fingerprint : finding.is
}

it('a read may have looked before a write beside it, though that ended first', () => {
  expect(overlapping([put(), ok], [get, fail('not-found')])).toBe('held')
  expect(overlapping([put(), ok], [get, fail('corrupt')])).toBe('CONC-02/corrupt')
})

it('a value over the limit may be refused, of whatever characters it is made', () => {
  expect(overlapping([put(), ok], [put(101), fail('too-large')])).toBe('held')
  expect(overlapping([put(), ok], [put(101, 'wide'), fail('too-large')])).toBe('held')
  expect(overlapping([put(), ok], [put(99, 'wide'), fail('too-large')])).toBe('CONC-02/too-large')
})
