import type { Platform } from '../contract/description.ts'
import type { Profile } from '../contract/operations.ts'
import type { Cwe, Maswe } from './weaknesses.ts'

/** What an attacker or an accident gains where the requirement does not hold. */
export type Threat = 'LOSS' | 'LEAK' | 'BYPASS' | 'HANG' | 'WRONG-CODE' | 'COST'

/** Profiles that the catalogue speaks of and the contract does not have yet. */
export type PlannedProfile = 'passkey'

/** The systems of a desktop, for rows that mean one of them. */
export type System = 'linux' | 'macos' | 'windows'

export type Some<T> = readonly [T, ...T[]]

/** What every row of the catalogue says, whether a check decides it or not: for which of `P`, on which of `W`. */
export interface Head<P extends string, W extends string> {
  readonly id: string
  readonly family: string
  readonly level: 'MUST' | 'SHOULD'
  /** None: it is about how the vault is built or run, whatever it offers. */
  readonly profiles: readonly P[]
  /** What it means something on. Absent: everywhere. */
  readonly platforms?: Some<W>
  /** One testable sentence. */
  readonly clause: string
  readonly threat: Threat
  /** Weaknesses that breaking it amounts to, the nearest first. */
  readonly cwe: Some<Cwe>
  /** The same by OWASP's mobile list, where one fits. */
  readonly maswe?: Some<Maswe>
  /** What a user would meet. */
  readonly why: string
  /** What a vault's author should do. */
  readonly advice: string
  readonly sources: Some<string>
  /** The set that takes it in first, where that is a later one than set 1: until then it is not scored. */
  readonly since?: '2'
}

/** A row that no check decides yet. */
export interface Exclusion extends Head<Profile | PlannedProfile, Platform | System> {
  /** What keeps a check from deciding it, and what would have to be there. A sceptic must accept it. */
  readonly excluded: string
  readonly breach?: never
}
