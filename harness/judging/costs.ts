import { count, number } from '../contract/count.ts'
import type { Outcome } from '../contract/history.ts'
import type { Operation } from '../contract/operations.ts'
import type { Derived, Wrong } from './call-fact.ts'

/** Follows what a derivation from the PIN costs in this vault, from its set-up on. */
export interface Costs {
  /** A derivation of the session's own set-up. */
  made(derived: Derived): void
  /** How a later one falls short of what the vault has cost; null where it does not, undefined where nothing is known. */
  later(derived: Derived, op: Operation, outcome: Outcome): Wrong | null | undefined
  /** A call of the vault's life ended, before its derivations are told. */
  returned(op: Operation, outcome: Outcome): void
}

const words = ({ algorithm, memoryKiB, iterations, saltBytes }: Derived): string =>
  `${algorithm} with ${number(memoryKiB)} KiB, ${count(iterations, 'pass', 'passes')} and a salt of ${count(saltBytes, 'byte')}`

/** What an attacker pays for one guess: memory for as long as it is used, or passes alone. */
const work = ({ memoryKiB, iterations }: Derived): number => Math.max(1, memoryKiB) * iterations
const weaker = (one: Derived, than: Derived): boolean =>
  one.algorithm !== than.algorithm || work(one) < work(than) || one.saltBytes < than.saltBytes

export function costs(): Costs {
  let known: Derived | null = null
  const raise = (derived: Derived) => {
    if (known === null || !weaker(derived, known)) known = derived
  }
  return {
    made: raise,
    later(derived, op, outcome) {
      const before = known
      if (op.op === 'setUp' && outcome.is === 'ok') raise(derived)
      if (before === null) return undefined
      if (op.op === 'changePin' && outcome.is === 'ok') raise(derived)
      return weaker(derived, before)
        ? { kind: `${op.op}-weaker`, expected: `${words(before)}, or more`, seen: words(derived) }
        : null
    },
    returned(op, outcome) {
      // Another vault, or perhaps another.
      if ((op.op === 'setUp' || op.op === 'reset') && outcome.is !== 'fail') known = null
    },
  }
}
