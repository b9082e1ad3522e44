import { explored } from '../../fixtures/exploration.ts'
import { budgetOf } from '../../harness/cli/wiring.ts'
import type { Explored } from '../../harness/engine/explored.ts'
import type { KnownBadInProcess } from './known-bad.ts'

/** A known-bad vault caught by the check it names. */
export interface Kill {
  /** Programs run until then, this one included. */
  readonly programs: number
  readonly scenario: string
  /** Commands of the counterexample, shrunk. */
  readonly commands: number
}

/** What came of a known-bad vault with one seed. */
export type Tried =
  | { readonly seed: number; readonly is: 'killed'; readonly kill: Kill }
  /** Not by the check it names; `by` are ids of the others that caught it. */
  | { readonly seed: number; readonly is: 'missed'; readonly by: readonly string[] }

/** Programs per scenario, as an ordinary run has them. */
export const { programs } = budgetOf('model', false)

/** Runs a known-bad vault until the check it names catches it first. */
export async function tried(
  { module, breaks }: KnownBadInProcess,
  seed: number,
  scenario: string | undefined,
): Promise<Tried> {
  const kill = killOf(await explored(module, { seed, programs, until: breaks, scenario }), breaks)
  if (kill !== null) return { seed, is: 'killed', kill }
  const { ledger } = await explored(module, { seed, programs, scenario, shrinks: false })
  return { seed, is: 'missed', by: [...ledger.failed].filter((id) => id !== breaks).sort() }
}

/** The kill by this check in an exploration that ended with it, or null. */
export function killOf({ found, counts }: Pick<Explored, 'found' | 'counts'>, breaks: string): Kill | null {
  const first = found.find(({ requirement }) => requirement.id === breaks)
  if (first === undefined) return null
  return {
    programs: counts.reduce((sum, count) => sum + count.programs, 0),
    scenario: first.scenario.id,
    commands: first.history.program.commands.length,
  }
}
