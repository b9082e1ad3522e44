import type { Lane } from './lane.ts'

/** What one lane did in all measured rounds. */
export interface Measured {
  readonly id: string
  readonly what: string
  readonly target: number | null
  /** Commands per second: the median round, the slowest and the fastest. */
  readonly perSecond: number
  readonly slowest: number
  readonly fastest: number
  /** Commands per second of processor time of this process, the median: what other load on the machine changes least. */
  readonly perCpuSecond: number
  /** Speed as a part of the lane beside it, the median of rounds side by side. */
  readonly ofBare: { readonly beside: string; readonly ratio: number } | null
  /** Commands that were run in measured rounds. */
  readonly commands: number
}
export interface Rounds {
  readonly warmUp: number
  readonly measured: number
}

/** Milliseconds, of the wall and of this process's processor time. */
export interface Clocks {
  readonly wall: () => number
  readonly cpu: () => number
}

interface Speeds {
  readonly wall: number[]
  readonly cpu: number[]
}

export const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/**
 * Runs all lanes in turn, round after round, so that whatever else this machine does meets them alike. Each round of
 * a lane has its own seed; lanes of one round share it.
 */
export async function measure(lanes: readonly Lane[], rounds: Rounds, clocks: Clocks): Promise<readonly Measured[]> {
  const speeds = new Map(lanes.map(({ id }): [string, Speeds] => [id, { wall: [], cpu: [] }]))
  const commands = new Map(lanes.map(({ id }) => [id, 0]))
  for (let round = 0; round < rounds.warmUp + rounds.measured; round++)
    for (const lane of turned(lanes, round)) {
      const began = { wall: clocks.wall(), cpu: clocks.cpu() }
      const count = await lane.round(round)
      const wall = (count / (clocks.wall() - began.wall)) * 1000
      const cpu = (count / (clocks.cpu() - began.cpu)) * 1000
      if (round < rounds.warmUp) continue
      speeds.get(lane.id)?.wall.push(wall)
      speeds.get(lane.id)?.cpu.push(cpu)
      commands.set(lane.id, (commands.get(lane.id) ?? 0) + count)
    }
  return lanes.map(({ id, what, target, beside }) => {
    const own = speeds.get(id)?.wall ?? []
    const bare = beside === null ? [] : (speeds.get(beside)?.wall ?? [])
    return {
      id,
      what,
      target,
      perSecond: median(own),
      slowest: Math.min(...own),
      fastest: Math.max(...own),
      perCpuSecond: median(speeds.get(id)?.cpu ?? []),
      ofBare:
        beside === null ? null : { beside, ratio: median(own.map((speed, at) => speed / (bare[at] ?? Number.NaN))) },
      commands: commands.get(id) ?? 0,
    }
  })
}

/** Nobody is always first. */
const turned = <T>(all: readonly T[], by: number): readonly T[] => {
  const start = by % all.length
  return [...all.slice(start), ...all.slice(0, start)]
}
