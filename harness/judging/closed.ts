import type { Control, ControlName } from '../contract/controls.ts'
import type { Outcome } from '../contract/history.ts'
import type { CallFact, Wrong } from './call-fact.ts'
import type { Situation } from './situations.ts'

/** What is known of a vault that was told to lock itself, or to be no more. */
export interface Closed {
  control(control: Control): void
  /**
   * A call has ended.
   * @param calm nothing was done to the vault's files or keyring behind its back
   * @param saidOpen it had just said that it is open, and nothing was done to the world since
   */
  returned(fact: CallFact, calm: boolean, saidOpen: boolean): readonly Told[]
}
export interface Told {
  readonly situation: Situation
  readonly wrong: Wrong | null
}

/** Whatever else is done, a vault may be another one afterwards, or the same again. */
const leaves: ReadonlySet<ControlName> = new Set([
  ...(['lock-keyring', 'unlock-keyring', 'stop-keyring', 'start-keyring', 'restart-keyring'] as const),
  ...(['advance-clock', 'copy-files'] as const),
])
/** A vault that was reset stays so; whether one that was locked opens itself when it starts is its own affair. */
const deaths: ReadonlySet<ControlName> = new Set(['kill-app', 'restart-machine'])

export function closed(): Closed {
  let is: 'locked' | 'reset' | null = null
  const next = ({ op, outcome, overlapped }: CallFact): typeof is => {
    const ended = !overlapped && outcome.is !== 'info'
    switch (op.op) {
      case 'lock':
        return ended && outcome.is === 'ok' ? (is ?? 'locked') : null
      case 'reset':
        return ended && outcome.is === 'ok' ? 'reset' : null
      case 'setUp':
      case 'unlock':
        return ended && outcome.is === 'fail' ? is : null
      default:
        return is
    }
  }
  return {
    control({ control }) {
      if (!leaves.has(control) && !(is === 'reset' && deaths.has(control))) is = null
    },
    returned(fact, calm, saidOpen) {
      const told = calm && !fact.overlapped ? toldOf(fact, is, saidOpen) : []
      is = next(fact)
      return told
    },
  }
}

function toldOf({ op, outcome }: CallFact, is: 'locked' | 'reset' | null, saidOpen: boolean): readonly Told[] {
  if (outcome.is === 'info') return []
  if (op.op === 'state') {
    const known = is === 'locked' ? 'locked' : is === 'reset' ? 'not-set-up' : saidOpen ? 'unlocked' : null
    if (known === null || outcome.is !== 'ok') return []
    const wrong =
      outcome.value === known
        ? null
        : { kind: `state-${known}`, expected: `'${known}'`, seen: `'${String(outcome.value)}'` }
    return [{ situation: is === 'reset' ? 'used-after-reset' : 'state-told', wrong }]
  }
  if (is === null || (op.op !== 'get' && !(is === 'reset' && op.op === 'unlock'))) return []
  const served = (): Wrong => ({
    kind: `${op.op}-served`,
    expected: is === 'reset' ? 'a refusal: there is no vault any more' : "a refusal, as 'vault-locked'",
    seen: op.op === 'get' ? gave(outcome) : 'ok',
  })
  return [
    {
      situation: is === 'reset' ? 'used-after-reset' : 'read-while-closed',
      wrong: outcome.is === 'ok' ? served() : null,
    },
  ]
}

const gave = ({ is }: Outcome): string => (is === 'ok' ? 'a value' : is)
