import type { Outcome } from '../contract/history.ts'
import type { Operation } from '../contract/operations.ts'
import type { CallFact, Deviation, Flying } from './call-fact.ts'
import { nobody } from './company.ts'

/** A call that begins, where nothing is followed but the entries. */
export const plainFlying = (of: {
  readonly call: number
  readonly op: Operation
  readonly command: number
  readonly invoked: number
  readonly overlapped: boolean
}): Flying => ({
  ...of,
  ...{ epoch: 0, keyring: 'unlocked', met: 'unlocked', vault: 'unlocked', start: null },
  ...{ besideWrite: false, company: nobody(), creates: false, fits: false },
})

/** The same once it has ended. */
export const plainFact = (
  { call, op, command, invoked, overlapped, company }: Flying,
  at: number,
  outcome: Outcome,
  deviation: Deviation | null,
  possible: CallFact['possible'],
): CallFact => ({
  ...{ call, op, command, invoked, at, outcome, again: false, overlapped, company, start: null, deviation, possible },
  ...{ keyring: 'unlocked', vault: 'unlocked', tampering: null, pins: [], guesses: 0, mostGuesses: 0 },
  ...{ unlocking: null, derivations: null, footprint: null, phone: null },
})
