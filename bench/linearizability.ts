import { absent, entry } from '../harness/models/entry.ts'
import { overlappingHistory, type Step } from './overlapping-history.ts'

/** How many returns of a history no order of its calls explains. */
export function deviations(steps: readonly Step[]): number {
  const entries = new Map<number, ReturnType<typeof entry>>()
  let many = 0
  for (const step of steps) {
    let model = entries.get(step.entry)
    if (model === undefined) {
      model = entry()
      entries.set(step.entry, model)
    }
    if (step.does === 'invoke') model.invoke(step.call)
    else if (!model.return(step.call, step.how, step.how.is === 'saw' ? step.seen : absent)) many++
  }
  return many
}

export interface LinearizabilityCost {
  readonly operations: number
  readonly clients: number
  readonly entries: number
  /** Milliseconds to judge a sound history, and one in which one read saw an old value: the median. */
  readonly soundMs: number
  readonly brokenMs: number
  readonly targetMs: number
}

const size = { operations: 100_000, clients: 8, entries: 4 } as const

/**
 * Judges whole histories. The histories are made before the clock runs.
 * @throws Error where a sound one is refused or a broken one is not
 */
export function linearizabilityCost(
  rounds: number,
  now: () => number,
  median: (numbers: readonly number[]) => number,
): LinearizabilityCost {
  const times = { sound: [] as number[], broken: [] as number[] }
  for (let round = 0; round <= rounds; round++)
    for (const kind of ['sound', 'broken'] as const) {
      const staleAfter = kind === 'sound' ? null : size.operations * 0.9
      const steps = overlappingHistory({ ...size, seed: round, staleAfter })
      const began = now()
      const found = deviations(steps)
      const took = now() - began
      if (found === 0 ? kind === 'broken' : kind === 'sound')
        throw new Error(`a ${kind} history had ${found} deviations`)
      if (round > 0) times[kind].push(took)
    }
  return { ...size, soundMs: median(times.sound), brokenMs: median(times.broken), targetMs: 500 }
}
