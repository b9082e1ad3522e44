import { explore } from '../harness/engine/explore.ts'
import { session } from '../harness/engine/session.ts'
import type { Target } from '../harness/engine/target.ts'
import { exemption } from '../harness/judging/verdict.ts'
import { requirements } from '../harness/requirements/index.ts'
import { scenarios } from '../harness/scenarios/index.ts'
import type { Ground } from '../harness/scenarios/scenario.ts'
import type { Lane } from './lane.ts'

export interface JudgedOptions extends Pick<Lane, 'id' | 'what' | 'beside' | 'target'> {
  readonly ground: Ground
  /** Per scenario. */
  readonly programs: number
}

/** All that a run does with a program: session, history, facts, every check. */
export function judgedLane(target: Target, options: JudgedOptions): Lane {
  const { id, what, beside, ground, programs } = options
  const applicable = requirements.filter((requirement) => exemption(requirement, target.description) === null)
  const run = session(target, { prefix: 'bench', deadlineMs: 8000 })
  return {
    id,
    what,
    beside,
    target: options.target,
    async round(seed) {
      const steps = explore(run, { requirements: applicable, scenarios, ground, seed, programs, ...noShrinking })
      let commands = 0
      for (let next = await steps.next(); ; next = await steps.next()) {
        if (next.done === true) {
          const failed = [...next.value.failed]
          if (failed.length > 0) throw new Error(`${id}: a vault that only measures time failed ${failed.join(', ')}`)
          return commands
        }
        if (next.value.step === 'scenario')
          for (const count of Object.values(next.value.count.commands)) commands += count
      }
    },
    [Symbol.asyncDispose]: () => target[Symbol.asyncDispose](),
  }
}
const noShrinking = { shrinkRuns: 0, replays: 0, cut: () => null }
