import type { Description } from '../contract/description.ts'
import type { Observation, Outcome } from '../contract/history.ts'
import type { Operation, SeenReturn } from '../contract/operations.ts'
import type { CallFact } from './call-fact.ts'

type Leak = Observation & { probe: 'leak' }

/** Follows what a vault is given, and what it gives, while there is no keyring to keep secrets in. */
export interface WithoutKeyring {
  /** After a control; `died`: with it all processes of the vault. */
  changed(keyring: 'unlocked' | 'locked' | 'absent', died: boolean): void
  /** A write was asked for. */
  asked(op: Operation, keyring: 'unlocked' | 'locked' | 'absent'): void
  /** Whether this call asked a process, which never saw a keyring, for what only the keyring opens. */
  blind(fact: CallFact): boolean
  /** Whether what was found was only ever given while there was no keyring. */
  only(leak: Leak): boolean
}

export function withoutKeyring({ keyring: uses, profiles }: Description): WithoutKeyring {
  let started = false
  const kept = new Set<number>()
  const without = new Set<number>()
  return {
    changed(keyring, died) {
      started = keyring === 'absent' && (died || started)
    },
    asked(op, keyring) {
      if (op.op === 'put' && uses !== 'none') (keyring === 'unlocked' ? kept : without).add(op.value.canary)
    },
    blind: ({ op, keyring, vault }) => {
      if (!started || keyring !== 'absent' || uses === 'none') return false
      // With a PIN it is a matter of both factors, which is told of the opening.
      if (op.op === 'unlock') return vault === 'locked' && !profiles.includes('pin')
      return op.op === 'get' && vault === 'unlocked'
    },
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
