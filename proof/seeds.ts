import { wholeNumber } from '../harness/cli/numbers.ts'
import { UsageError } from '../harness/cli/usage-error.ts'

const most = 1_000_000

/**
 * Seeds of a flag: `7`, or `1-100`.
 * @throws UsageError
 */
export function seedsOf(flag: string, text: string): readonly number[] {
  const [first = '', last = first, ...more] = text.split('-')
  if (more.length > 0)
    throw new UsageError(`${flag} needs one seed or two with a dash between, and "${text}" is neither.`)
  const from = wholeNumber(flag, first, 1, most)
  const to = wholeNumber(flag, last, from, most)
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

/** The same seeds in words. */
export const seedsTold = (seeds: readonly number[]): string =>
  seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${seeds[0]} to ${seeds.at(-1)}`

/** The same in parts of this size, the last one smaller: a task each. */
export const inParts = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size))
