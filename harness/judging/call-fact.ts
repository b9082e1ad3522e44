import type { History, Observation, Outcome } from '../contract/history.ts'
import type { Operation } from '../contract/operations.ts'
import type { ValueRef } from '../contract/values.ts'
import type { Company } from './company.ts'
import type { PhoneFact } from './phone-fact.ts'
import type { Situation } from './situations.ts'
import type { Tampering } from './stored-files.ts'
import type { World } from './world.ts'

/** A key derivation that was seen. */
export type Derived = Observation & { probe: 'kdf' }

/** How what was seen parts from every possibility. */
export type Deviation =
  | 'missing' // nothing, where there must be a value
  | 'ghost' // a value, where there must be nothing
  | 'stale' // an older value of this entry
  | 'foreign' // another entry's value
  | 'altered' // no value that was ever written
  | 'refused' // no answer, without a cause that excuses it

/** What became of the prompt by which a call had a locked keyring unlocked. `unasked`: it showed none. */
export type Unlocking = 'unasked' | 'answered' | 'dismissed' | 'unanswered'

/** One call with everything that a check may ask of it. */
export interface CallFact {
  readonly call: number
  readonly op: Operation
  readonly command: number
  /** Sequence numbers of its invocation and its return. */
  readonly invoked: number
  readonly at: number
  readonly outcome: Outcome
  /** Answered a second time. */
  again: boolean
  readonly overlapped: boolean
  readonly company: Readonly<Company>
  /** Among the first calls of its process; or the process was asked in vain before, while there was no keyring. */
  readonly start: 'first' | 'after-failure' | null
  readonly keyring: World['keyring'] | 'changed'
  readonly vault: World['vault'] | 'changed'
  /** Null where the keyring was not locked when it began, or the vault says that it never asks. */
  readonly unlocking: Unlocking | null
  readonly deviation: Deviation | null
  /** What had been done to the files behind the vault's back. */
  readonly tampering: Tampering
  /** PINs that could open before this call, in the order in which they were set. */
  readonly pins: readonly number[]
  /** Wrong PINs in a row before this call. */
  readonly guesses: number
  /** The same, with what killed calls may have added. */
  readonly mostGuesses: number
  /** What the entry could hold, null standing for nothing; null where no entry is concerned. */
  readonly possible: readonly (ValueRef | null)[] | null
  /** Key derivations that it asked for; null where it was not alone, so that nobody can say. */
  readonly derivations: readonly Derived[] | null
  readonly footprint: (Observation & { probe: 'availability-footprint' }) | null
  /** Null where the vault is not of a phone. */
  readonly phone: PhoneFact | null
}

export interface Occurrence {
  readonly situation: Situation
  /** Sequence number of the event that decided it. */
  readonly at: number
  readonly call: CallFact | null
  /** What the harness saw, where that decides. */
  readonly seen: Observation | null
  /** Set where only the whole history tells that it is wrong. */
  readonly wrong: Wrong | null
}

/** What is wrong, in words; `kind` is stable. */
export interface Wrong {
  readonly kind: string
  readonly expected: string
  readonly seen: string
}

/** One fold over a history, shared by all checks. */
export interface Facts {
  readonly history: History
  of(situation: Situation): readonly Occurrence[]
  readonly met: ReadonlyMap<Situation, readonly Occurrence[]>
}

/** A call that has not returned yet. */
export interface Flying {
  readonly call: number
  readonly op: Operation
  readonly command: number
  readonly invoked: number
  /** What the keyring was when it began. */
  readonly met: World['keyring']
  keyring: World['keyring']
  readonly vault: World['vault']
  epoch: number
  overlapped: boolean
  /** A write of the same entry was in flight with it. */
  besideWrite: boolean
  readonly company: Company
  readonly start: CallFact['start']
  /** A `put` of an entry that is not there. */
  readonly creates: boolean
  /** An `unlock` with a PIN that opens, or without one where none is asked. */
  readonly fits: boolean
}

/** The entry that an operation is about; null for those about the whole vault. A slot is the entry without a name. */
export function entryOf(op: Operation): string | null {
  switch (op.op) {
    case 'put':
    case 'get':
    case 'delete':
    case 'has':
      return op.name ?? ''
    default:
      return null
  }
}
export const writes = (op: Operation): boolean => op.op === 'put' || op.op === 'delete'
