import type { Arbitrary } from 'fast-check'
import type { Description } from '../contract/description.ts'
import type { Program } from '../contract/program.ts'
import type { Situation } from '../judging/situations.ts'

/** What a scenario may use: what the vault offers and what can be done to its device. */
export interface Ground {
  readonly description: Description
  readonly controls: ReadonlySet<string>
  /** How many commands a program has at most, stories aside: fewer where a command costs milliseconds. */
  readonly commands: number
  /** Whether another process of the app can call. */
  readonly others?: boolean
  /** Whether time passes by itself, so that a moment within a call is found by time. */
  readonly timePasses?: boolean
}

/** A generator of programs. One scenario feeds many checks. */
export interface Scenario {
  readonly id: string
  readonly about: string
  program(ground: Ground): Arbitrary<Program>
  readonly reaches: readonly Situation[]
  /** How many times the programs of an ordinary scenario it takes, where it has many stories. Default 1. */
  readonly share?: number
  /** Whether it makes sense on this ground at all. */
  fits(ground: Ground): boolean
}
