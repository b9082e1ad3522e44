import { z } from 'zod'

/** What became of an acknowledged value, by what a fresh process reads. From `changed` on it is worse than lost. */
export const fates = {
  kept: 'the value came back',
  locked: 'the store was locked, and gave the value back when it was unlocked',
  lost: 'the vault says that there is no such entry',
  failed: 'the read failed, also after the store was unlocked, and nobody was told that the value is gone',
  unanswered: 'the read was not answered in time',
  refused: 'the value was never acknowledged',
  changed: 'another value came back than the one acknowledged',
  neighbour: 'another entry that nobody touched is gone or changed',
} as const
export type Fate = keyof typeof fates
export const fateNames = Object.keys(fates) as [Fate, ...Fate[]]

/** One cell: how often which fate was seen, or why nothing was. */
export const cellSchema = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.literal('seen'),
    fates: z.partialRecord(z.enum(fateNames), z.number().int().positive()),
    /** What the vault answered in place of the value, by code; how often. */
    answers: z.record(z.string(), z.number().int().positive()),
  }),
  z.strictObject({ is: z.literal('not-run'), why: z.string() }),
])
export type Cell = Readonly<z.infer<typeof cellSchema>>

/** What one trial saw. `answer`: the code of a failed call. */
export interface Seen {
  readonly fate: Fate
  readonly answer?: string
}

/** Adds trials up. */
export const cellOf = (seen: readonly Seen[]): Cell => {
  const count = <T extends string>(names: readonly (T | undefined)[]) => {
    const counts: Partial<Record<T, number>> = {}
    for (const name of names) if (name !== undefined) counts[name] = (counts[name] ?? 0) + 1
    return counts
  }
  return {
    is: 'seen',
    fates: count(seen.map(({ fate }) => fate)),
    answers: count(seen.map(({ answer }) => answer)) as Record<string, number>,
  }
}

/** What `npm run persistence` measured, as it is kept beside the page. */
export const measuredSchema = z.strictObject({
  /** Software by device, as calibration found it. */
  software: z.record(z.string(), z.record(z.string(), z.string())),
  /** By subject, then by event. */
  cells: z.record(z.string(), z.record(z.string(), cellSchema)),
})
export type Measured = Readonly<z.infer<typeof measuredSchema>>
