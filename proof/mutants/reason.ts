import type { Mutant } from './instrumented.ts'
import { reasons } from './reasons.ts'

/** Why mutants that no check fails may live. */
export interface Reason {
  /** Of files with such a path. */
  readonly file: RegExp
  /** Fits `what stands there => what takes its place`. */
  readonly change: RegExp
  /** Only on these lines' mutators, as `StringLiteral`; absent: all. */
  readonly mutator?: string
  readonly why: string
}

export const changeOf = ({ original, replacement }: Mutant): string => `${original} => ${replacement}`

export function fits(reason: Reason, mutant: Mutant): boolean {
  const { file, mutator, change } = reason
  return (
    file.test(mutant.file) && (mutator === undefined || mutator === mutant.mutator) && change.test(changeOf(mutant))
  )
}

/** The first reason that fits, or null. */
export const reasonOf = (mutant: Mutant): Reason | null => reasons.find((reason) => fits(reason, mutant)) ?? null
