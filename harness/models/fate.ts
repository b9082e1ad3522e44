import type { Code } from '../contract/codes.ts'

/**
 * What may have become of an entry of a phone, for good or for now, with the codes that tell it. An entry has a set of
 * fates: what nobody knows for certain adds worlds, and decides nothing.
 */
export const fates = {
  /** Its value is given to whoever its policy asks for. */
  usable: [],
  /** Its key is gone for good. */
  invalidated: ['key-invalidated'],
  /** Nothing of it is left, and nothing says that it ever was. */
  gone: ['not-found'],
  'before-first-unlock': ['device-locked'],
  'screen-locked': ['device-locked', 'system-cancelled', 'hardware-unavailable'],
  'locked-out': ['locked-out-temporary'],
  'locked-out-for-good': ['locked-out-permanent'],
  'not-enrolled': ['not-enrolled'],
  'no-screen-lock': ['no-screen-lock'],
  /** The key store fails in a way that passes. */
  failing: ['hardware-unavailable', 'unavailable', 'auth-failed'],
  /** This system cannot bind an entry so. */
  unsupported: ['unsupported'],
} as const satisfies Record<string, readonly Code[]>
export type Fate = keyof typeof fates
export type Fates = readonly Fate[]

/** What stays so whatever the phone is in. */
export type Kept = 'usable' | 'invalidated' | 'gone'

export const usable: readonly Kept[] = ['usable']
export const plainly = (of: Fates): boolean => of.length === 1 && of[0] === 'usable'
export const may = (of: Fates, fate: Fate): boolean => of.includes(fate)

export function union<T extends Fate>(a: readonly T[], b: readonly T[]): readonly T[] {
  const more = b.filter((fate) => !a.includes(fate))
  return more.length === 0 ? a : [...a, ...more]
}

/** The codes that these fates allow. */
export const codesOf = (of: Fates): readonly Code[] => [...new Set(of.flatMap((fate): readonly Code[] => fates[fate]))]
