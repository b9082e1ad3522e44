import { expect, it } from 'vitest'
import type { Control } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import type { Outcome } from '../contract/history.ts'
import type { Operation } from '../contract/operations.ts'
import { approvedProfile } from './approved.ts'
import type { CallFact } from './call-fact.ts'

const ok: Outcome = { is: 'ok', value: null }
const killed: Outcome = { is: 'info', why: 'killed' }
const refused: Outcome = { is: 'fail', failure: { code: 'wrong-format' } }
const newer: Control = { control: 'update-app' }
const older: Control = { control: 'downgrade-app' }
const open = ['unlock', refused] as const
const made = ['setUp', ok] as const

type Step = Control | readonly ['setUp' | 'unlock' | 'reset', Outcome]
/** Whether the last call is one that the profile must refuse, and whether the vault was made elsewhere then. */
function last(...steps: readonly Step[]) {
  const follows = approvedProfile({ approved: { outside: 2 } } as unknown as Description)
  if (follows === null) throw new Error('it claims the profile')
  let told = false
  for (const step of steps) {
    if ('control' in step) {
      follows.control(step)
      continue
    }
    const [op, outcome] = step
    const fact = { op: { op } as Operation, outcome, vault: 'locked', keyring: 'unlocked', overlapped: false }
    told = follows.returned(fact as CallFact)
  }
  return [told, follows.elsewhere, follows.holds]
}

it.each<readonly [told: boolean, elsewhere: boolean, holds: boolean, steps: readonly Step[]]>([
  [false, false, true, [open]],
  [false, false, false, [newer, open]],
  [false, false, true, [newer, open, older, open]],
  [true, true, true, [newer, made, older, open]],
  [true, true, true, [newer, made, newer, open]],
  [false, false, false, [newer, made, open]],
  [false, true, true, [newer, ['setUp', killed], older, open]],
  [false, true, true, [newer, made, older, ['unlock', killed]]],
  [false, false, true, [newer, made, older, ['reset', ok], made, open]],
])('%s, %s, %s', (told, elsewhere, holds, steps) => {
  expect(last(...steps)).toEqual([told, elsewhere, holds])
})

it('says nothing of a vault that claims no profile', () => {
  expect(approvedProfile({} as unknown as Description)).toBe(null)
})
