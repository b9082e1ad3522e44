import { expect, it } from 'vitest'
import { sweepSpeed } from './sweep-speed.ts'

it('sweeps everything for all secrets, and says how fast by the clock that it is given', async () => {
  let time = 0
  // Each piece of work takes 40 ms by this clock, whatever it is.
  const clock = () => {
    time += 40
    return time
  }
  const speed = await sweepSpeed(8, { warmUp: 1, measured: 3 }, clock)
  expect(speed).toMatchObject({ secrets: 14, targetMbPerSecond: 200, ofBare: 1 })
  expect(speed.bytes).toBe(8 * 1_048_576 + 56)
  expect(speed.mbPerSecond).toBeCloseTo(speed.bytes / 40 / 1000, 3)
})
