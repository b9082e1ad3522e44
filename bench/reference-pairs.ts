import { median, type Rounds } from './measure.ts'

/** Two ways of doing something, each timed in every round. */
export interface Paired {
  /** Milliseconds of one piece of work, the median round. */
  readonly oursMs: number
  readonly bareMs: number
  /** Median over rounds of ours minus bare of the same round, and the quartiles around it. */
  readonly overMs: number
  readonly overFrom: number
  readonly overTo: number
  /** Speed of ours as a part of the bare one's: median over rounds. */
  readonly ratio: number
}

/** Milliseconds that one piece of work took. */
export type Timed = () => Promise<number>

/** Runs both in each round, side by side; who is first changes from round to round. */
export async function paired(ours: Timed, bare: Timed, rounds: Rounds): Promise<Paired> {
  const took: (readonly [ours: number, bare: number])[] = []
  for (let round = 0; round < rounds.warmUp + rounds.measured; round++) {
    const first = round % 2 === 0 ? await ours() : await bare()
    const second = round % 2 === 0 ? await bare() : await ours()
    if (round >= rounds.warmUp) took.push(round % 2 === 0 ? [first, second] : [second, first])
  }
  return summed(took)
}

/** The same of pairs that were timed elsewhere. */
export function summed(took: readonly (readonly [ours: number, bare: number])[]): Paired {
  const over = took.map(([ours, bare]) => ours - bare).toSorted((a, b) => a - b)
  const quarter = Math.floor((over.length - 1) / 4)
  return {
    oursMs: median(took.map(([ours]) => ours)),
    bareMs: median(took.map(([, bare]) => bare)),
    overMs: median(over),
    overFrom: over[quarter] ?? Number.NaN,
    overTo: over.at(-1 - quarter) ?? Number.NaN,
    ratio: median(took.map(([ours, bare]) => bare / ours)),
  }
}

/** Times many pieces of work in a row, so that the clock is fine enough, and gives what one took. */
export const inBatches =
  (times: number, now: () => number, work: () => unknown): Timed =>
  async () => {
    const began = now()
    for (let time = 0; time < times; time++) {
      const ended = work()
      if (ended instanceof Promise) await ended
    }
    return (now() - began) / times
  }
