import { expect, test } from 'vitest'
import { clearLockout, countMiss, lockedOut, lockoutMs, noLockout } from './lockout.ts'

test('each fifth miss locks for 30 s, the twentieth for good; waiting does not count back', () => {
  const lockout = noLockout()
  let now = 0
  const outcomes = Array.from({ length: 21 }, () => {
    const outcome = countMiss(lockout, now)
    if (outcome === 'temporary') now += lockoutMs
    return outcome
  })
  const at = (wanted: string) => outcomes.flatMap((outcome, index) => (outcome === wanted ? [index + 1] : []))
  expect([at('temporary'), at('permanent')]).toEqual([
    [5, 10, 15],
    [20, 21],
  ])
})

test('a lockout lasts until its time has passed, to the millisecond; the other until it is cleared', () => {
  const lockout = noLockout()
  for (let miss = 0; miss < 5; miss++) countMiss(lockout, 1000)
  expect([lockedOut(lockout, 1000 + lockoutMs - 1), lockedOut(lockout, 1000 + lockoutMs)]).toEqual(['temporary', 'no'])
  for (let miss = 0; miss < 15; miss++) countMiss(lockout, 1000)
  expect(lockedOut(lockout, Number.MAX_SAFE_INTEGER)).toBe('permanent')
  clearLockout(lockout)
  expect(lockedOut(lockout, 1000)).toBe('no')
})
