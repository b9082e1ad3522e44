import fc from 'fast-check'
import type { Program } from '../harness/contract/program.ts'
import type { Secret } from '../harness/contract/values.ts'
import { scenarios } from '../harness/scenarios/index.ts'
import type { Ground } from '../harness/scenarios/scenario.ts'
import type { Lane } from './lane.ts'
import { onAMap } from './on-a-map.ts'

/** fast-check alone: the same programs, run on a Map. */
export function bareLane(id: string, ground: Ground, programs: number): Lane {
  return {
    id,
    what: 'fast-check alone, on a Map in process',
    beside: null,
    target: null,
    async round(seed) {
      let commands = 0
      const run = (program: Program) => {
        const entries = new Map<string, Secret>()
        for (const command of program.commands) onAMap(entries, command)
        commands += program.commands.length
      }
      for (const scenario of scenarios.filter((one) => one.fits(ground)))
        fc.assert(fc.property(scenario.program(ground), run), { seed, numRuns: programs })
      return commands
    },
    async [Symbol.asyncDispose]() {},
  }
}
