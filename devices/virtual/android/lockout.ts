/** The lockout of the sensors: consecutive misses, counted across prompts, and until when they refuse. */
export interface Lockout {
  misses: number
  /** In milliseconds of the phone's clock; 0 where none was. */
  until: number
}
export type LockedOut = 'no' | 'temporary' | 'permanent'

export const missesToTemporary = 5
export const missesToPermanent = 20
export const lockoutMs = 30_000

export const noLockout = (): Lockout => ({ misses: 0, until: 0 })

export const lockedOut = ({ misses, until }: Lockout, now: number): LockedOut => {
  if (misses >= missesToPermanent) return 'permanent'
  return now < until ? 'temporary' : 'no'
}

/** Counts a miss, as LockoutFrameworkImpl does: each fifth locks for 30 s, the twentieth until the PIN is entered. */
export const countMiss = (lockout: Lockout, now: number): LockedOut => {
  lockout.misses += 1
  if (lockout.misses < missesToPermanent && lockout.misses % missesToTemporary === 0) lockout.until = now + lockoutMs
  return lockedOut(lockout, now)
}

/** A match, or an unlock by the PIN. */
export const clearLockout = (lockout: Lockout): void => {
  lockout.misses = 0
  lockout.until = 0
}
