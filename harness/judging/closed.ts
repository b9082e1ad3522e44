import type { Control, ControlName } from '../contract/controls.ts'
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

type Now = 'locked' | 'reset' | null

export function closed(): Closed {
  let now: Now = null
  const next = ({ op, outcome, overlapped }: CallFact): Now => {
    const ended = !overlapped && outcome.is !== 'info'
    switch (op.op) {
      case 'lock':
        return ended && outcome.is === 'ok' ? (now ?? 'locked') : null
      case 'reset':
        return ended && outcome.is === 'ok' ? 'reset' : null
      case 'setUp':
      case 'unlock':
        return ended && outcome.is === 'fail' ? now : null
      default:
        return now
    }
  }
  return {
    control({ control }) {
      if (!leaves.has(control) && !(now === 'reset' && deaths.has(control))) now = null
    },
    returned(fact, calm, saidOpen) {
      const told = calm && !fact.overlapped ? toldOf(fact, now, saidOpen) : []
      now = next(fact)
      return told
    },
  }
}

function toldOf({ op, outcome, vault }: CallFact, last: Now, saidOpen: boolean): readonly Told[] {
  if (outcome.is === 'info') return []
  // There may be nothing to lock.
  const now = vault === (last === 'reset' ? 'not-set-up' : last) ? last : null
  if (op.op === 'state') {
    const known =
      now === 'locked'
        ? 'locked'
        : now === 'reset'
          ? 'not-set-up'
          : saidOpen && vault === 'unlocked'
            ? 'unlocked'
            : null
    if (known === null || outcome.is !== 'ok') return []
    const wrong =
      outcome.value === known
        ? null
        : { kind: `state-${known}`, expected: `'${known}'`, seen: `'${String(outcome.value)}'` }
    return [{ situation: now === 'reset' ? 'used-after-reset' : 'state-told', wrong }]
  }
  if (now === null || (op.op !== 'get' && !(now === 'reset' && op.op === 'unlock'))) return []
  const served = (): Wrong => ({
    kind: `${op.op}-served`,
    expected: now === 'reset' ? 'a refusal: there is no vault any more' : "a refusal, as 'vault-locked'",
    seen: op.op === 'get' ? 'a value' : 'ok',
  })
  return [
    {
      situation: now === 'reset' ? 'used-after-reset' : 'read-while-closed',
      wrong: outcome.is === 'ok' ? served() : null,
    },
  ]
}
