import type { Description } from '../contract/description.ts'
import type { Observation, Outcome } from '../contract/history.ts'
import type { Operation, SeenReturn } from '../contract/operations.ts'
import { type CallFact, entryOf } from './call-fact.ts'

type Leak = Observation & { probe: 'leak' }

/** Follows what a vault is given, and what it gives, without what the keyring keeps for it. */
export interface WithoutKeyring {
  /** After a control; `died`: with it all processes of the vault. */
  changed(keyring: 'unlocked' | 'locked' | 'absent', died: boolean): void
  /** A write was asked for. */
  asked(op: Operation, keyring: 'unlocked' | 'locked' | 'absent'): void
  /** Whether this call asked a process, which never saw a keyring, for what only the keyring opens. */
  blind(fact: CallFact): boolean
  /** What the keyring held was removed. */
  wiped(): void
  /** The vault was made anew. */
  renewed(): void
  /** Whether this call asked a process, which was started after that, for what had been kept there. */
  robbed(fact: CallFact): boolean
  /** Whether what was found was only ever given while there was no keyring. */
  only(leak: Leak): boolean
}

export function withoutKeyring({ keyring: uses, profiles }: Description): WithoutKeyring {
  let started = false
  /** By a death after it the vault has forgotten what it knew. */
  let robbery: 'none' | 'done' | 'forgotten' = 'none'
  const rewritten = new Set<string>()
  // With a PIN it is a matter of both factors, which is told of the opening.
  const asks = ({ op, vault }: CallFact) =>
    op.op === 'unlock' ? vault === 'locked' && !profiles.includes('pin') : op.op === 'get' && vault === 'unlocked'
  const kept = new Set<number>()
  const without = new Set<number>()
  return {
    changed(keyring, died) {
      started = keyring === 'absent' && (died || started)
      if (died && robbery === 'done') robbery = 'forgotten'
    },
    asked(op, keyring) {
      if (op.op === 'put') rewritten.add(op.name ?? '')
      if (op.op === 'put' && uses !== 'none') (keyring === 'unlocked' ? kept : without).add(op.value.canary)
    },
    blind: (fact) => started && fact.keyring === 'absent' && uses !== 'none' && asks(fact),
    wiped() {
      robbery = 'done'
      rewritten.clear()
    },
    renewed() {
      robbery = 'none'
    },
    robbed: (fact) =>
      robbery === 'forgotten' &&
      fact.keyring === 'unlocked' &&
      uses !== 'none' &&
      asks(fact) &&
      !rewritten.has(entryOf(fact.op) ?? ''),
    only: ({ canary, secret }) => secret === undefined && without.has(canary) && !kept.has(canary),
  }
}

/** Whether a read gave something that was kept, or an opening opened. */
export function gaveSomething(outcome: Outcome): boolean {
  if (outcome.is !== 'ok') return false
  const value: SeenReturn = outcome.value
  if (typeof value !== 'object' || value === null || !('is' in value)) return true
  return value.is === 'canary' ? value.canary.kind !== 'empty' : value.size > 0
}
