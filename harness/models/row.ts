import type { Kept } from './fate.ts'
import type { Row } from './phone.ts'

export const lost: readonly Kept[] = ['invalidated']
export const gone: readonly Kept[] = ['gone']
export const either: readonly Kept[] = ['usable', 'invalidated']

/** A row of a platform's table, a cell for each policy. */
export const row = (
  cites: string,
  currentSet: readonly Kept[],
  anyEnrolled: readonly Kept[],
  deviceCredential: readonly Kept[],
  none: readonly Kept[],
): Row => ({
  cites,
  'current-set': currentSet,
  'any-enrolled': anyEnrolled,
  'device-credential': deviceCredential,
  none,
})

/** A row in which every policy has the same fate. */
export const all = (cites: string, fate: readonly Kept[]): Row => row(cites, fate, fate, fate, fate)
