import type { Control } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import type { CallFact } from './call-fact.ts'

/** Follows whether a vault that claims approved algorithms alone was made by the one release that is outside of that. */
export interface Approved {
  /** A release of the profile is installed, and the vault was made outside of it, or nobody knows where. */
  readonly elsewhere: boolean
  /** Whether what is derived now is held against the profile. */
  readonly holds: boolean
  control(control: Control): void
  /** True where the vault was asked to open what the profile does not read. Nothing else is told of such a call. */
  returned(fact: CallFact): boolean
}

/** Null where it claims no such thing. */
export function approvedProfile({ approved }: Description): Approved | null {
  if (approved === undefined) return null
  const { outside } = approved
  let release = 1
  let made: 'inside' | 'outside' | 'unknown' = 'inside'
  const inside = () => release !== outside
  return {
    get elsewhere() {
      return inside() && made !== 'inside'
    },
    get holds() {
      return inside()
    },
    control({ control }) {
      if (control === 'update-app') release++
      if (control === 'downgrade-app') release = Math.max(1, release - 1)
    },
    returned({ op, outcome, overlapped, vault, keyring }) {
      const before = made
      if (op.op === 'setUp' || op.op === 'reset') {
        const now = inside() ? 'inside' : 'outside'
        if (outcome.is === 'ok') made = now
        // Where it was killed, the vault is the one before or a new one.
        else if (outcome.is === 'info' && op.op === 'setUp' && made !== now) made = 'unknown'
      }
      const opens = op.op === 'unlock' && vault === 'locked' && keyring === 'unlocked' && !overlapped
      return opens && inside() && before === 'outside' && outcome.is !== 'info'
    },
  }
}
