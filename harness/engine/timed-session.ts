import type { History } from '../contract/history.ts'
import type { Program } from '../contract/program.ts'
import { type SessionOptions, session } from './session.ts'
import type { Target } from './target.ts'

/** What one program took. Milliseconds of this machine. */
export interface Took {
  /** Until its first command could be done. */
  readonly restoreMs: number
  /** The rest, and the search for secrets after it. */
  readonly programMs: number
}

export interface TimedSession {
  run(program: Program): Promise<History>
  /** Whether the vault was asked for anything in the last program. */
  asked(): boolean
}

/** A session that tells what each program took, once it was run to its end. */
export const timedSession = (
  target: Target,
  options: SessionOptions,
  tell: (took: Took) => void,
  now: () => number = () => performance.now(),
): TimedSession => {
  let asked = false
  let restoredAt = 0
  const { run } = session(target, {
    ...options,
    reached(stage) {
      if (stage === 'begun') asked = true
      else restoredAt = now()
    },
  })
  return {
    asked: () => asked,
    async run(program) {
      asked = false
      const began = now()
      const history = await run(program)
      tell({ restoreMs: restoredAt - began, programMs: now() - restoredAt })
      return history
    },
  }
}

/** The middle one, so that one slow program says little; NaN of none. */
export const medianOf = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
