import { inflateSync } from 'node:zlib'
import { z } from 'zod'
import type { SeenMemory } from '../../harness/contract/device.ts'
import { type Mapping, mappingsIn, mayHold } from '../memory/mappings.ts'
import type { Needle } from '../memory/needles.ts'
import { type Search, searchFor } from '../memory/search.ts'
import type { AgentLink } from './agent-link.ts'

const mappedSchema = z.strictObject({
  swapAreas: z.number(),
  corePattern: z.string(),
  processes: z.array(
    z.strictObject({
      pid: z.number(),
      /** Null: its memory may not be read. */
      maps: z.string().nullable(),
      swappedKiB: z.number(),
      coreLimits: z.tuple([z.string(), z.string()]),
    }),
  ),
})
/** What is known of the memory of processes before any of it is read. */
export type Mapped = Readonly<z.infer<typeof mappedSchema>>
const partSchema = z.tuple([z.number(), z.number()])
/** Addresses: from one up to another. They fit into a number. */
type Part = z.infer<typeof partSchema>
const peekedSchema = z.strictObject({ got: z.array(z.number()), packed: z.base64() })

/** How often what could not be read is tried before nothing is said. */
const mostTries = 3
/** Bytes that are asked for at once. */
const most = 4 * 1024 * 1024

/** @param leaders the processes that are looked at, with all that they started */
export const mappedBy = (agent: AgentLink, leaders: readonly number[]): Promise<Mapped> =>
  agent.ask({ do: 'mapped', leaders }, mappedSchema)

/**
 * Searches the memory of processes inside, as another process of their user may read it. The search itself is done here,
 * so that no secret is brought to where it is looked for. Null where some of it could not be read.
 */
export const searchFar = async (
  agent: AgentLink,
  leaders: readonly number[],
  needles: readonly Needle[],
): Promise<SeenMemory | null> => {
  const { processes } = await mappedBy(agent, leaders)
  if (processes.length === 0) return null
  const search = searchFor(needles)
  const found: { what: string; encoding: string }[] = []
  let bytes = 0
  for (const { pid, maps } of processes) {
    let wanted = maps === null ? null : rangesIn(maps)
    for (let look = 0; wanted !== null && wanted.length > 0; look++) {
      if (look === mostTries) return null
      const missed: Part[] = []
      const used = await agent.ask({ do: 'present', pid, ranges: wanted }, z.array(partSchema))
      for (const parts of batches(used, search.longest)) {
        const { got, packed } = await agent.ask({ do: 'peek', pid, parts }, peekedSchema)
        parts.forEach(([from, to], index) => {
          const read = from + (got[index] ?? 0)
          if (read < to) missed.push([read, to])
        })
        const whole = inflateSync(Buffer.from(packed, 'base64'))
        searchParts(search, whole, got, ({ what, encoding }) => found.push({ what, encoding }))
        whole.fill(0)
        bytes += whole.length
      }
      wanted = missed.length === 0 ? [] : await stillThere(agent, pid, missed)
    }
    if (wanted === null) return null
  }
  return { bytes, found }
}

/** A script engine gives memory back between one look and the next: what is not there any more holds nothing. */
const stillThere = async (agent: AgentLink, pid: number, parts: readonly Part[]): Promise<readonly Part[] | null> => {
  const maps = (await mappedBy(agent, [pid])).processes.find((one) => one.pid === pid)?.maps ?? null
  if (maps === null) return null
  const ranges = rangesIn(maps)
  return parts.flatMap(([from, to]) =>
    ranges.flatMap(([start, end]): Part[] =>
      start < to && from < end ? [[Math.max(from, start), Math.min(to, end)]] : [],
    ),
  )
}

const rangesIn = (maps: string): readonly Part[] => mappingsIn(maps).filter(mayHold).map(rangeOf)
const rangeOf = ({ from, to }: Mapping): Part => [Number(from), Number(to)]

/**
 * Parts of at most 4 MiB, together no more than that, each of a stretch beginning with the end of the one before: nothing
 * falls between.
 */
export function* batches(stretches: readonly Part[], overlap: number): Generator<readonly Part[]> {
  let batch: Part[] = []
  let room = most
  for (const [start, end] of stretches) {
    for (let from = start; from < end; ) {
      const to = Math.min(end, from + room)
      batch.push([from, to])
      room -= to - from
      from = to < end ? Math.max(from + 1, to - overlap) : to
      if (room > overlap) continue
      yield batch
      batch = []
      room = most
    }
  }
  if (batch.length > 0) yield batch
}

/** Each part by itself: what ends one and what begins the next are no neighbours. */
const searchParts = (
  search: Search,
  whole: Buffer,
  sizes: readonly number[],
  found: (needle: Needle) => void,
): void => {
  // In memory of its own and padded, as the search goes in eights.
  const chunk = Buffer.allocUnsafeSlow(most + 8)
  let at = 0
  for (const size of sizes) {
    whole.copy(chunk, 0, at, at + size)
    chunk.fill(0, size, size + 8)
    search.each(chunk.subarray(0, size + 8), 0, size, found)
    at += size
  }
  chunk.fill(0)
}
