import type { Mutant } from './instrumented.ts'
import { reasons } from './reasons.ts'

/** Why mutants that no check fails may live. */
export interface Reason {
  /** Of files with such a path. */
  readonly file: RegExp
  /** Fits `what stands there => what takes its place`. */
  readonly change: RegExp
  /** Fits the line on which it begins; absent: any. */
  readonly on?: RegExp
  readonly why: string
}

export const changeOf = ({ original, replacement }: Mutant): string => `${original} => ${replacement}`

export function fits(reason: Reason, mutant: Mutant): boolean {
  const { file, on, change } = reason
  return file.test(mutant.file) && (on === undefined || on.test(mutant.on)) && change.test(changeOf(mutant))
}

/** The first reason that fits, or null. */
export const reasonOf = (mutant: Mutant): Reason | null => reasons.find((reason) => fits(reason, mutant)) ?? null
