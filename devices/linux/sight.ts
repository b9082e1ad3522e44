import { z } from 'zod'
import type { Channel, Sight } from '../../harness/contract/device.ts'
import { needlesOf } from '../memory/needles.ts'
import { searchFar } from './far-memory.ts'
import type { Desktop } from './take-readings.ts'

const tracesSchema = z.array(z.strictObject({ where: z.string(), bytes: z.base64() }))
const filesSchema = z.strictObject({
  files: z.number(),
  open: z.array(z.strictObject({ where: z.string(), mode: z.number(), when: z.enum(['born', 'left']) })),
})

/** A machine whose processes are looked at from the moment at which they are started. */
export interface Watched {
  readonly start: Desktop['start']
  readonly sight: Sight
  /** The first processes of those that run now. */
  leaders(): readonly number[]
}

/** By the eyes of the agent, which is one more process of the same user. */
export const watchedDesktop = (machine: Pick<Desktop, 'agent' | 'start'>): Watched => {
  const leaders = new Set<number>()
  const blind = () => machine.agent().isClosed()
  const start = async (command: readonly string[], environment: Readonly<Record<string, string>>): Promise<Channel> => {
    const channel = await machine.start(command, environment)
    const { pid } = channel
    if (pid === undefined) return channel
    leaders.add(pid)
    void channel.ended.then(() => leaders.delete(pid))
    if (!blind()) await machine.agent().ask({ do: 'watch', leader: pid }, z.null())
    return channel
  }
  const sight: Sight = {
    // All memory comes over a stream of the engine.
    slow: true,
    async takeFiles() {
      return blind() ? null : machine.agent().ask({ do: 'take_files' }, filesSchema)
    },
    async takeProcesses() {
      if (blind()) return []
      const seen = await machine.agent().ask({ do: 'take_processes' }, tracesSchema)
      return seen.map(({ where, bytes }) => ({ in: 'process', where, bytes: Buffer.from(bytes, 'base64') }))
    },
    async searchMemory(sought, encodings) {
      if (blind() || leaders.size === 0) return null
      return searchFar(machine.agent(), [...leaders], needlesOf(sought, encodings))
    },
  }
  return { start, sight, leaders: () => [...leaders] }
}
