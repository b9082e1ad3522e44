import { expect, it } from 'vitest'
import type { Control } from '../contract/controls.ts'
import type { Outcome } from '../contract/history.ts'
import type { Operation } from '../contract/operations.ts'
import type { ValueRef } from '../contract/values.ts'
import type { CallFact } from './call-fact.ts'
import { onDatabase } from './on-database.ts'

const zero: ValueRef = { canary: 1, size: 32, kind: 'nul' }
const other: ValueRef = { canary: 2, size: 32, kind: 'binary' }
const ok: Outcome = { is: 'ok', value: null }
const killed: Outcome = { is: 'info', why: 'killed' }
const refused: Outcome = { is: 'fail', failure: { code: 'wrong-format' } }
const newer: Control = { control: 'update-app' }
const older: Control = { control: 'downgrade-app' }
const open: Operation = { op: 'unlock' }

type Step = Control | readonly [Operation, Outcome, CallFact['vault']?]
/** What the last call of these is told as. */
function last(steps: readonly Step[], around = { wiped: false, plain: true }) {
  const follows = onDatabase({ profiles: ['database'] } as unknown as Parameters<typeof onDatabase>[0])
  if (follows === null) throw new Error('it is a database')
  let told: string | null = null
  for (const step of steps) {
    if ('control' in step) {
      follows.control(step)
      continue
    }
    const [op, outcome, vault = op.op === 'get' ? 'unlocked' : 'locked'] = step
    told = follows.returned({ op, outcome, vault, overlapped: false } as CallFact, around)?.situation ?? null
  }
  return told
}
const get: Operation = { op: 'get', name: 'a' }

it.each<readonly [told: string | null, steps: readonly Step[]]>([
  [null, [[open, ok]]],
  ['opened-by-other-key', [[{ op: 'unlock', key: other }, ok]]],
  [
    'opened-by-zero-byte-key',
    [
      [{ op: 'setUp', key: zero }, ok],
      [open, ok],
    ],
  ],
  [
    'opened-by-zero-byte-key',
    [
      [{ op: 'setUp', key: zero }, ok],
      [{ op: 'unlock', key: zero }, ok],
    ],
  ],
  [
    'opened-by-other-key',
    [
      [{ op: 'setUp', key: zero }, ok],
      [{ op: 'unlock', key: other }, ok],
    ],
  ],
  [
    null,
    [
      [{ op: 'setUp', key: other }, ok],
      [open, ok],
    ],
  ],
  ['opened-after-upgrade', [newer, [open, ok]]],
  ['opened-after-upgrade', [newer, [open, ok], [get, ok]]],
  ['opened-after-killed-upgrade', [newer, [open, killed, 'changed'], [open, ok, 'unknown']]],
  ['stepped-back', [newer, [open, ok], older, [open, refused]]],
  ['stepped-back', [newer, [open, killed, 'changed'], older, [open, refused]]],
  [null, [newer, older, [open, ok]]],
  ['opened-after-step-back', [newer, [open, ok], older, [open, refused], newer, [open, ok]]],
  // A key that nobody knows: the set-up by it was killed.
  [
    null,
    [
      [{ op: 'setUp', key: zero }, killed],
      [{ op: 'unlock', key: other }, ok],
    ],
  ],
])('%s', (told, steps) => {
  expect(last(steps)).toBe(told)
})

it('tells of a lost key alone where the keyring was robbed, and of nothing where files were changed', () => {
  expect(last([[open, ok]], { wiped: true, plain: true })).toBe('database-without-key')
  expect(last([[{ op: 'setUp' }, ok]], { wiped: true, plain: true })).toBe('database-without-key')
  expect(last([newer, [open, ok]], { wiped: false, plain: false })).toBe(null)
})
