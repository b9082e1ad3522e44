import type { Arbitrary } from 'fast-check'
import type { Description } from '../contract/description.ts'
import type { History } from '../contract/history.ts'
import type { Program } from '../contract/program.ts'
import { factsOf } from '../judging/facts.ts'
import { check, type Finding, type Requirement } from '../requirements/requirement.ts'
import { shrink } from './shrink.ts'

export type Broken = Finding & { readonly is: 'broken' }

/** A program that was seen to break a requirement, and how. */
export interface Failing {
  readonly requirement: Requirement
  readonly finding: Broken
  readonly program: Program
  readonly history: History
}

/** The shortest program that was found to fail in the same way. */
export interface Reduced {
  readonly finding: Broken
  readonly history: History
  readonly shrinkRuns: number
  /** How often it failed when it was run again; null where that was not asked for. */
  readonly confirmed: { readonly of: number; readonly failed: number } | null
}

export interface ReduceOptions {
  readonly description: Description
  /** The generator that it is shrunk by. */
  readonly arbitrary: Arbitrary<Program>
  /** Executions at most. */
  readonly shrinkRuns: number
  /** How often the result is run again where runs may differ; 0 where they cannot. */
  readonly replays: number
  /** Why to stop now, or null. */
  readonly cut: () => string | null
}

/**
 * Shrinks a failing program under "same requirement, same fingerprint", so that it cannot slip onto another bug.
 * @param run gives null where the target cannot go on
 */
export async function reduce(
  run: (program: Program) => Promise<History | null>,
  { requirement, finding: first, program, history: found }: Failing,
  { description, arbitrary, shrinkRuns, replays, cut }: ReduceOptions,
): Promise<Reduced> {
  let last = { finding: first, history: found }
  /** Null where it could not be run. */
  const failed = async (candidate: Program): Promise<boolean | null> => {
    const history = await run(candidate)
    if (history === null) return null
    const finding = check(requirement, factsOf(history, description), description)
    if (finding.is !== 'broken' || finding.fingerprint !== first.fingerprint) return false
    last = { finding, history }
    return true
  }
  const fails = async (candidate: Program) => cut() === null && (await failed(candidate)) === true
  const shrunk = await shrink(arbitrary, program, shrinkRuns, fails)
  const confirmed = { of: 0, failed: 0 }
  for (let replay = 0; replay < replays && cut() === null; replay++) {
    const again = await failed(shrunk.program)
    // What went away with its phone neither failed nor held.
    if (again === null) continue
    confirmed.of++
    if (again) confirmed.failed++
  }
  return { ...last, shrinkRuns: shrunk.runs, confirmed: replays === 0 ? null : confirmed }
}
