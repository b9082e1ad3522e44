import type { Arbitrary } from 'fast-check'
import type { Description } from '../contract/description.ts'
import type { History } from '../contract/history.ts'
import type { Program } from '../contract/program.ts'
import { factsOf } from '../judging/facts.ts'
import { check, type Requirement, type Vacuous } from '../requirements/requirement.ts'
import { type Reduced, reduce } from './reduce.ts'

export interface ShrinkAgainOptions {
  readonly requirement: Requirement
  readonly description: Description
  /** Programs in which it failed once, to be tried in this order. */
  readonly programs: readonly Program[]
  /** How often a program is run before it is said not to fail. */
  readonly times: number
  /** How often the result is run again. */
  readonly replays: number
  /** The generator that a program is shrunk by. */
  readonly arbitraryOf: (program: Program) => Arbitrary<Program>
  readonly cut: () => string | null
  /** Told before each execution: how many there were with it, and how many commands the shortest failing one has. */
  readonly onExecution: (executions: number, commands: number) => void
}

export interface ShrunkAgain {
  /** The shortest that fails; null where none does any more. */
  readonly best: (Reduced & { readonly begunWith: Program }) | null
  /** How many runs of the recorded programs did not fail, and how many of these held. */
  readonly of: number
  readonly held: number
  /** Of the last run that said nothing of the requirement; null where all did. */
  readonly vacuous: Vacuous | null
  readonly executions: number
  /** Of the first run. */
  readonly first: History
  /** Why the target could not go on after it had begun; null where it could. */
  readonly fault: string | null
}

/**
 * Runs recorded programs again, and shrinks each that still fails.
 * @param run rejects where the target cannot go on; what was found until then is kept, unless it is the first run
 */
export async function shrinkAgain(
  run: (program: Program) => Promise<History>,
  options: ShrinkAgainOptions,
): Promise<ShrunkAgain> {
  const { requirement, description, programs, times, replays, arbitraryOf } = options
  let best: ShrunkAgain['best'] = null
  let [of, held, executions] = [0, 0, 0]
  let fewest = Math.max(...programs.map(({ commands }) => commands.length))
  let vacuous: Vacuous | null = null
  let first: History | null = null
  let fault: string | null = null
  const judged = (history: History) => check(requirement, factsOf(history, description), description)
  const cut = () => fault ?? options.cut()
  const tried = async (candidate: Program): Promise<History | null> => {
    if (first !== null && cut() !== null) return null
    options.onExecution(++executions, fewest)
    let history: History
    try {
      history = await run(candidate)
    } catch (error) {
      if (first === null) throw error
      fault = error instanceof Error ? error.message : String(error)
      return null
    }
    first ??= history
    if (judged(history).is === 'broken') fewest = Math.min(fewest, candidate.commands.length)
    return history
  }
  for (const program of programs)
    for (let time = 0; time < times; time++) {
      const history = await tried(program)
      if (history === null) break
      const finding = judged(history)
      if (finding.is !== 'broken') {
        of++
        if (finding.is === 'held') held++
        else vacuous = finding
        continue
      }
      const failing = { requirement, finding, program, history }
      const shrinking = {
        description,
        arbitrary: arbitraryOf(program),
        shrinkRuns: Number.POSITIVE_INFINITY,
        replays,
        cut,
      }
      const reduced = await reduce(tried, failing, shrinking)
      if (best === null || lengthOf(reduced) < lengthOf(best)) best = { ...reduced, begunWith: program }
      break
    }
  if (first === null) throw new Error('there is no program to run again')
  return { best, of, held, vacuous, executions, first, fault }
}

const lengthOf = ({ history }: Reduced): number => history.program.commands.length
