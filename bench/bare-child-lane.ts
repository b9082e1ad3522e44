import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { openChildChannel } from '../devices/host/child-channel.ts'
import type { Program } from '../harness/contract/program.ts'
import { scenarios } from '../harness/scenarios/index.ts'
import type { Ground } from '../harness/scenarios/scenario.ts'
import type { Lane } from './lane.ts'

/** fast-check alone, with the Map in a child: what pipes and JSON cost before any harness. */
export async function bareChildLane(id: string, ground: Ground, programs: number): Promise<Lane> {
  const command = [process.execPath, fileURLToPath(new URL('./bare-child.ts', import.meta.url))]
  const channel = await openChildChannel(command, { environment: { PATH: process.env.PATH } })
  const lines = channel.lines[Symbol.asyncIterator]()
  const ask = (message: unknown) => {
    channel.send(JSON.stringify(message))
    return lines.next()
  }
  return {
    id,
    what: 'fast-check alone, on a Map in a Node child, by JSON lines',
    beside: null,
    target: null,
    async round(seed) {
      let commands = 0
      const run = async (program: Program) => {
        await ask(null)
        for (const one of program.commands) await ask(one)
        commands += program.commands.length
      }
      for (const scenario of scenarios.filter((one) => one.fits(ground)))
        await fc.assert(fc.asyncProperty(scenario.program(ground), run), { seed, numRuns: programs })
      return commands
    },
    [Symbol.asyncDispose]: () => channel[Symbol.asyncDispose](),
  }
}
