import type { Control } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import type { Event } from '../contract/history.ts'
import type { Operation, OperationName } from '../contract/operations.ts'
import type { CallFact, Flying, Unlocking } from './call-fact.ts'
import { keptOut } from './kept-out.ts'
import { asksWithOtherKeyring } from './other-keyring.ts'
import { promptsSeen } from './prompts-seen.ts'
import type { Before } from './situate.ts'
import type { Situation } from './situations.ts'
import type { World } from './world.ts'

/** The part of a fold that is about what a process of the vault has met of the keyring. */
export interface OnKeyring {
  /** Told after the world was. */
  control(control: Control): void
  prompt(event: Event & { type: 'prompt' }, flying: ReadonlyMap<number, Flying>): void
  /** What became of the prompt of a call that met a locked keyring; null where it met none. */
  unlocking(call: Flying): Unlocking | null
  /** The one situation of a call. Null where the keyring says nothing of it. */
  returned(fact: CallFact, circumstances: Circumstances): Told | null
}

/** What a call met. */
export interface Circumstances {
  readonly before: Before | null
  /** The keyring as it began. */
  readonly met: World['keyring']
  /** The PIN is one that may open, or none is asked for. */
  readonly fits: boolean
  /** Nothing was done to files or keyring behind the vault's back. */
  readonly untouched: boolean
}
/** `alone`: it says no more than that. */
export interface Told {
  readonly situation: Situation
  readonly alone: boolean
}

/**
 * A process of the vault, by its first call that needs the keyring: the keyring was there (`used`), and has been taken
 * away or locked since (`renewed`); the machine had just started and it was not there yet (`late`); or something else.
 */
type Life = 'new' | 'used' | 'renewed' | 'late' | 'other'

const needNone: ReadonlySet<OperationName> = new Set(['availability', 'state', 'lock', 'slots'])
const reads: ReadonlySet<OperationName> = new Set(['get', 'has', 'list'])

/** Null for a vault that uses no keyring, and for one of a phone. */
export function onKeyring(description: Description, around: World): OnKeyring | null {
  const { keyring: use, keyringPrompts, platform } = description
  if (use === 'none' || (platform ?? 'desktop') !== 'desktop') return null
  const asks = keyringPrompts === 'asks'
  const prompts = promptsSeen()
  let life: Life = 'used'
  /** The process at hand is the first since the machine started. */
  let booted = false
  /** The person dismissed a prompt of this process, and no call has been served since. */
  let dismissed = false

  const needs = ({ op }: Operation): boolean => !needNone.has(op) && (use === 'every-call' || !reads.has(op))
  const died = (start: boolean) => {
    booted = start || (booted && life === 'new')
    life = 'new'
    dismissed = false
  }
  const served = () => {
    life = 'used'
    dismissed = false
  }
  const whileLocked = ({ unlocking, outcome }: CallFact): Situation | null => {
    const failed = keptOut(outcome)
    // Who was asked after all and was not served meets no dismissal.
    if (unlocking === 'answered') return dismissed && !failed ? 'call-after-dismissed-unlock' : 'unlock-answered'
    if (unlocking !== 'unasked' || !failed) return null
    return dismissed ? 'call-after-dismissed-unlock' : 'unlock-answered'
  }
  const whileThere = (): Situation | null => {
    if (dismissed) return 'call-after-dismissed-unlock'
    if (life === 'late') return 'call-after-late-keyring'
    return life === 'renewed' ? 'call-after-keyring-return' : null
  }

  return {
    control({ control }) {
      switch (control) {
        case 'restart-machine':
        case 'cut-power':
          died(true)
          break
        case 'kill-app':
        case 'restore-files':
        case 'damage-file':
        case 'damage-log':
        case 'rewrite-log':
        case 'swap-keyring':
          died(false)
          break
        case 'lock-keyring':
        case 'stop-keyring':
        case 'stop-bus':
        case 'restart-keyring':
          if (life === 'used') life = 'renewed'
      }
    },
    prompt({ prompt, phase }, flying) {
      prompts.phase(prompt, phase, flying.keys())
      if (phase === 'dismissed') dismissed = true
      if (phase !== 'matched') return
      const [only] = flying.values()
      const lockedThroughout = only !== undefined && !only.overlapped && only.epoch === around.epoch
      around.unlocked()
      if (!lockedThroughout) return
      // From here on it is a call like any other, which had the keyring.
      only.keyring = around.keyring
      only.epoch = around.epoch
    },
    unlocking(call) {
      if (!asks || call.met !== 'locked' || !needs(call.op)) return null
      const end = prompts.of(call.call).at(-1)?.end
      if (end === undefined) return 'unasked'
      return end === 'matched' ? 'answered' : end === 'dismissed' ? 'dismissed' : 'unanswered'
    },
    returned(fact, { before, met, fits, untouched }) {
      const { op, outcome } = fact
      const situation = ofProcess(fact, met)
      if (around.copied && outcome.is === 'fail' && outcome.failure.code === 'ambiguous')
        return { situation: 'called-ambiguous', alone: true }
      if (around.swapped)
        return asksWithOtherKeyring(fact, before, fits, description)
          ? { situation: 'call-with-other-keyring', alone: keptOut(outcome) }
          : null
      if (!untouched || situation === null) return null
      // Where the person dismissed the prompt there is no more to be said, unless something came of the call all the same.
      const inVain = situation === 'unlock-dismissed' && (outcome.is !== 'ok' || op.op === 'has')
      // Where nobody was asked there may have been nobody to ask: how the call ended is to be judged all the same.
      return { situation, alone: inVain || (keptOut(outcome) && fact.unlocking !== 'unasked') }
    },
  }

  /** The situation of a call that was alone, by the life of its process. */
  function ofProcess(fact: CallFact, met: World['keyring']): Situation | null {
    const { op, outcome, overlapped, keyring, vault } = fact
    if (!needs(op) || (outcome.is === 'info' && (outcome.why === 'killed' || outcome.why === 'lost'))) return null
    if (overlapped || keyring === 'changed') {
      if (life === 'new' && met !== 'unlocked') life = 'other'
      return null
    }
    if (fact.unlocking === 'dismissed') return 'unlock-dismissed'
    const there = keyring === 'unlocked'
    // A vault that is closed asks no keyring for an entry.
    const notFound = outcome.is === 'fail' && outcome.failure.code === 'not-found'
    const worked = outcome.is === 'ok' || (vault === 'unlocked' && notFound)
    if (!worked && !keptOut(outcome)) return null
    const situation = met === 'locked' && asks ? whileLocked(fact) : there ? whileThere() : null
    if (worked && there) served()
    if (life === 'new' && !there && !worked) life = booted ? 'late' : 'other'
    // What it saw that cannot be is no matter of the keyring.
    return worked && fact.deviation !== null ? null : situation
  }
}
