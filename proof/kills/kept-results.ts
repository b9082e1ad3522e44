import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { Tried } from './kill.ts'

const triedSchema = z.discriminatedUnion('is', [
  z.strictObject({
    seed: z.number(),
    is: z.literal('killed'),
    kill: z.strictObject({ programs: z.number(), scenario: z.string(), commands: z.number() }),
  }),
  z.strictObject({ seed: z.number(), is: z.literal('missed'), by: z.array(z.string()) }),
])
const lineSchema = z.strictObject({ name: z.string(), tried: triedSchema })

/** What came of known-bad vaults, in a file with a line for each seed, so that a run which was cut goes on from there. */
export interface KeptResults {
  find(name: string, seed: number): Tried | null
  keep(name: string, tried: readonly Tried[]): void
}

/**
 * @param file null keeps nothing. One that is not there is made; a last line that was cut is left out. The file knows
 *   nothing of the code that it is of: begin a new one where that changed.
 */
export function keptResults(file: string | null): KeptResults {
  const known = new Map<string, Tried>()
  const key = (name: string, seed: number) => `${name} ${seed}`
  if (file !== null && existsSync(file)) {
    const whole = readFileSync(file, 'utf8').split('\n').slice(0, -1)
    for (const line of whole) {
      const { name, tried } = lineSchema.parse(JSON.parse(line))
      known.set(key(name, tried.seed), tried)
    }
    writeFileSync(file, whole.map((line) => `${line}\n`).join(''))
  }
  return {
    find: (name, seed) => known.get(key(name, seed)) ?? null,
    keep(name, all) {
      if (file !== null) appendFileSync(file, all.map((tried) => `${JSON.stringify({ name, tried })}\n`).join(''))
    },
  }
}
