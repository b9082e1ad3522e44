import { expect, test } from 'vitest'
import { createClock, epochMs } from './clock.ts'
import { createSeam } from './seam.ts'
import { settling } from './settling.ts'

const clockwork = () => {
  const seam = createSeam()
  return { seam, clock: createClock(seam) }
}

test('time stands still unless it is advanced; the wall clock can be set back', () => {
  const { clock } = clockwork()
  expect(clock.port.now()).toBe(epochMs)
  clock.advance(500)
  clock.advance(-2000)
  expect(clock.port.now()).toBe(epochMs - 1500)
  expect(clock.elapsed()).toBe(500)
})

test('timers fire when they come due, the earliest first', async () => {
  const { clock } = clockwork()
  const fired: string[] = []
  const late = clock.port.after(200).then(() => fired.push('late'))
  const early = clock.port.after(100).then(() => fired.push('early'))
  clock.advance(99)
  expect((await settling(early)).is).toBe('waiting')
  clock.advance(1000)
  await Promise.all([late, early])
  expect(fired).toEqual(['early', 'late'])
})

test('a timer that comes due is an effect of the seam', async () => {
  const { clock, seam } = clockwork()
  const timer = clock.port.after(10)
  seam.hold(true)
  clock.advance(10)
  expect(seam.pending()).toBe(1)
  expect((await settling(timer)).is).toBe('waiting')
  seam.complete(0)
  expect((await settling(timer)).is).toBe('answered')
})

test('the next timer can be passed to, until none waits', async () => {
  const { clock } = clockwork()
  const timer = clock.port.after(30_000)
  expect(clock.passToTimer()).toBe(true)
  await timer
  expect(clock.elapsed()).toBe(30_000)
  expect(clock.passToTimer()).toBe(false)
})

test('timers of a dead process never fire', async () => {
  const { clock, seam } = clockwork()
  const timer = clock.port.after(10)
  seam.drop()
  expect(clock.passToTimer()).toBe(false)
  clock.advance(10)
  expect((await settling(timer)).is).toBe('waiting')
})
