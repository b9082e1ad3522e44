import fc from 'fast-check'
import { applicable } from '../../fixtures/exploration.ts'
import { deviceFor } from '../../fixtures/simulated-device.ts'
import { budgetOf } from '../../harness/cli/wiring.ts'
import type { Program } from '../../harness/contract/program.ts'
import type { AnyVaultModule } from '../../harness/contract/vault.ts'
import { session } from '../../harness/engine/session.ts'
import { inProcessTarget } from '../../harness/engine/target.ts'
import { factsOf } from '../../harness/judging/facts.ts'
import { check } from '../../harness/requirements/requirement.ts'
import { scenarios } from '../../harness/scenarios/index.ts'
import type { Ground } from '../../harness/scenarios/scenario.ts'

const { commands } = budgetOf('model', false)
const seed = 1

/** Programs as an ordinary run has them, one of each scenario in turn, so that what shows anywhere shows soon. */
export function programsOf(module: AnyVaultModule, perScenario: number): readonly Program[] {
  const { description } = module
  const { controls } = deviceFor(module)
  const ground: Ground = { description, controls, commands }
  const streams = scenarios
    .filter(({ fits }) => fits(ground))
    .flatMap(({ program, share = 1 }, at) => {
      const all = fc.sample(program(ground), { seed: seed + at, numRuns: perScenario * share })
      return Array.from({ length: share }, (_, part) => all.slice(part * perScenario, (part + 1) * perScenario))
    })
  return Array.from({ length: perScenario }, (_, turn) =>
    streams.flatMap((stream) => stream.slice(turn, turn + 1)),
  ).flat()
}

export type Verdict =
  /** By the id of a requirement. */
  | { readonly is: 'failed'; readonly by: string }
  /** The run could not go on. */
  | { readonly is: 'crashed'; readonly why: string }
  /** Nothing failed. */
  | { readonly is: 'held' }

/** What a run is told of, program by program. */
export interface Listener {
  before(): void
  /** @param held ids of requirements that held in it */
  after(program: Program, held: readonly string[]): void
}

/** Runs programs on a vault until a check fails it, in a session of its own. */
export async function verdictOn(
  module: AnyVaultModule,
  programs: readonly Program[],
  unheeded: readonly string[],
  listener: Listener,
): Promise<Verdict> {
  const { description } = module
  const requirements = applicable(module).filter(({ id }) => !unheeded.includes(id))
  try {
    const run = session(inProcessTarget(module, deviceFor(module)), { prefix: 'holdfast', deadlineMs: 1000 })
    for (const program of programs) {
      listener.before()
      const facts = factsOf(await run.run(program), description)
      const held: string[] = []
      for (const requirement of requirements) {
        const { is } = check(requirement, facts, description)
        if (is === 'broken') return { is: 'failed', by: requirement.id }
        if (is === 'held') held.push(requirement.id)
      }
      listener.after(program, held)
    }
    return { is: 'held' }
  } catch (error) {
    return { is: 'crashed', why: error instanceof Error ? error.message : String(error) }
  }
}
