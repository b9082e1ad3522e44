import type { Control } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import type { Operation } from '../contract/operations.ts'
import type { ValueRef } from '../contract/values.ts'
import type { CallFact } from './call-fact.ts'
import type { Situation } from './situations.ts'

/** What else is known when a call of a database ends. */
export interface AroundDatabase {
  /** What the keyring held for the vault was removed. */
  readonly wiped: boolean
  /** Neither files nor keyring were changed behind its back, the keyring was there, and no set-up was cut short. */
  readonly plain: boolean
}
/** A situation of a database. `alone`: nothing else is told of this call. */
interface Told {
  readonly situation: Situation
  readonly alone: boolean
}

/** Follows by which key a database was made, and which release of the app has had it open. */
export interface OnDatabase {
  /** An older release is installed than one that was asked to open the database: it may refuse whatever it likes. */
  readonly steppedBack: boolean
  control(what: Control): void
  /** Whether this call is to open the database by a key that it was not made with. */
  byOtherKey(op: Operation): boolean
  returned(fact: CallFact, around: AroundDatabase): Told | null
}

const same = (a: ValueRef, b: ValueRef) => a.canary === b.canary && a.size === b.size && a.kind === b.kind

/** Null where the vault is no database. */
export function onDatabase({ profiles }: Description): OnDatabase | null {
  if (!profiles.includes('database')) return null
  /** The raw key that a program gave; null where the vault made its own. */
  let key: ValueRef | null = null
  let keyKnown = true
  let release = 1
  /** The newest release that was asked to open it. */
  let newest = 1
  let upgrade: 'none' | 'due' | 'killed' | 'done' = 'none'
  let wasBack = false

  const byOtherKey = (op: Operation): boolean =>
    op.op === 'unlock' && op.key !== undefined && keyKnown && (key === null || !same(op.key, key))
  const renewed = (op: Operation & { op: 'setUp' | 'reset' }) => {
    if (op.op === 'setUp') {
      key = op.key ?? null
      keyKnown = true
    }
    newest = release
    upgrade = 'none'
    wasBack = false
  }
  const follow = ({ op, outcome, vault }: CallFact): void => {
    if (op.op === 'setUp' || op.op === 'reset') {
      if (outcome.is === 'ok') renewed(op)
      else if (outcome.is === 'info') keyKnown = false
    }
    if (op.op !== 'unlock' || byOtherKey(op) || vault === 'unlocked') return
    if (outcome.is === 'ok') {
      if (upgrade === 'due' || upgrade === 'killed') upgrade = release >= newest ? 'done' : upgrade
    } else if (outcome.is === 'info' && upgrade === 'due') upgrade = 'killed'
    newest = Math.max(newest, release)
  }
  const opening = (op: Operation): Told | null => {
    if (byOtherKey(op)) return { situation: 'opened-by-other-key', alone: true }
    if (release < newest) return { situation: 'stepped-back', alone: true }
    if (upgrade === 'killed') return { situation: 'opened-after-killed-upgrade', alone: false }
    if (upgrade === 'due') return { situation: 'opened-after-upgrade', alone: false }
    if (wasBack) return { situation: 'opened-after-step-back', alone: false }
    return key?.kind === 'nul' ? { situation: 'opened-by-zero-byte-key', alone: false } : null
  }
  const reading = (): Told | null => {
    if (release < newest) return { situation: 'stepped-back', alone: true }
    if (wasBack) return { situation: 'opened-after-step-back', alone: false }
    return upgrade === 'done' ? { situation: 'opened-after-upgrade', alone: false } : null
  }
  const tell = ({ op, outcome, overlapped, vault }: CallFact, { wiped, plain }: AroundDatabase): Told | null => {
    if (overlapped || outcome.is === 'info') return null
    if (wiped) {
      const asks = (op.op === 'unlock' && !byOtherKey(op)) || op.op === 'setUp'
      return asks && vault === 'locked' ? { situation: 'database-without-key', alone: false } : null
    }
    if (!plain || !keyKnown) return null
    // An opening that was killed leaves open what state the vault is in, and yet it is locked after that death.
    const locked = vault === 'locked' || (vault === 'unknown' && upgrade === 'killed')
    if (op.op === 'unlock' && locked) return opening(op)
    return op.op === 'get' && vault === 'unlocked' ? reading() : null
  }
  return {
    get steppedBack() {
      return release < newest
    },
    control({ control }) {
      if (control === 'update-app') {
        release++
        if (release > newest && upgrade !== 'killed') upgrade = 'due'
      } else if (control === 'downgrade-app') {
        release = Math.max(1, release - 1)
        if (release < newest) wasBack = true
        else if (upgrade === 'due') upgrade = 'none'
      }
    },
    byOtherKey,
    returned(fact, around) {
      const told = tell(fact, around)
      follow(fact)
      return told
    },
  }
}
