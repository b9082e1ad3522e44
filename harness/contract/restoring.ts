import { z } from 'zod'

/** Ways to put a vault on a phone back between programs, as people declare them. */
export const restoreWays = {
  'fresh-names': 'each program gets names of its own, and what others left stays',
  delete: 'the vault deletes what a program may have left, or resets itself',
  'clear-data': "the app's data is cleared",
  reinstall: 'the app is removed and installed again',
} as const
export type RestoreWay = keyof typeof restoreWays
export const restoreWayNames = Object.keys(restoreWays) as [RestoreWay, ...RestoreWay[]]

/** Those that end the app. */
export const endsApp = (way: RestoreWay): boolean => way === 'clear-data' || way === 'reinstall'

/** What a way was seen to cost: milliseconds from the end of one program until the next may begin. */
export const restoreCostSchema = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('works'), way: z.enum(restoreWayNames), ms: z.number() }),
  /** What a program had written was there after it, or it could not be done. */
  z.strictObject({ is: z.literal('fails'), way: z.enum(restoreWayNames), why: z.string() }),
])
export type RestoreCost = Readonly<z.infer<typeof restoreCostSchema>>

/** Ways of a device that puts a vault back in one of several. */
export interface Restoring {
  /** Those that were declared; never none. */
  readonly ways: readonly RestoreWay[]
  /** The one that is used now. At first the first. */
  way(): RestoreWay
  use(way: RestoreWay): void
}

/** A device's choice among the ways that were declared for it. */
export const restoring = (ways: readonly RestoreWay[]): Restoring => {
  const [first = 'fresh-names'] = ways
  let used: RestoreWay = first
  return {
    ways: ways.length === 0 ? [first] : ways,
    way: () => used,
    use(way) {
      used = way
    },
  }
}
