import { expect, test } from 'vitest'
import { createSeam } from './seam.ts'
import { settling } from './settling.ts'

const recorder = () => {
  const seam = createSeam()
  const happened: string[] = []
  const effect = (name: string) =>
    seam.pass(() => {
      happened.push(name)
      return name
    })
  return { seam, happened, effect }
}

test('without hold an effect happens inside the call', async () => {
  const { seam, happened, effect } = recorder()
  const answer = effect('a')
  expect(happened).toEqual(['a'])
  expect(seam.pending()).toBe(0)
  expect(seam.count()).toBe(1)
  expect(await answer).toBe('a')
})

test('an effect that throws rejects, held or not, and never throws into the caller', async () => {
  const { seam } = recorder()
  const failing = () =>
    seam.pass(() => {
      throw new Error('full')
    })
  await expect(failing()).rejects.toThrow('full')
  seam.hold(true)
  const held = failing()
  seam.complete(0)
  await expect(held).rejects.toThrow('full')
})

test('held effects happen in the order in which they are completed', async () => {
  const { seam, happened, effect } = recorder()
  seam.hold(true)
  const all = ['a', 'b', 'c'].map(effect)
  expect(happened).toEqual([])
  expect(seam.pending()).toBe(3)
  seam.complete(2)
  seam.complete(0)
  expect((await settling(all[1] ?? Promise.reject())).is).toBe('waiting')
  seam.complete(0)
  expect(happened).toEqual(['c', 'a', 'b'])
  expect(seam.count()).toBe(3)
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c'])
})

test('completing an effect that does not wait is refused', () => {
  expect(() => createSeam().complete(0)).toThrow('effect 0 was to be completed, but 0 wait')
})

test.each([false, true])(
  'a strike takes the place of the n-th effect, and nothing happens until drop (held: %s)',
  async (held) => {
    const { seam, happened, effect } = recorder()
    seam.hold(held)
    seam.arm(1, () => happened.push('strike'))
    const calls = ['a', 'b', 'c'].map((name) => effect(name))
    if (held) {
      seam.complete(0)
      seam.complete(0)
    }
    calls.push(effect('d'))
    expect(happened).toEqual(['a', 'strike'])
    expect(seam.pending()).toBe(0)
    expect(seam.alive()).toBe(false)
    expect((await Promise.all(calls.map(settling))).map((one) => one.is)).toEqual([
      'answered',
      'waiting',
      'waiting',
      'waiting',
    ])
    seam.drop()
    seam.hold(false)
    expect(await effect('e')).toBe('e')
    expect(happened).toEqual(['a', 'strike', 'e'])
  },
)

test('arming null disarms', () => {
  const { seam, happened, effect } = recorder()
  seam.arm(0, () => happened.push('strike'))
  seam.arm(0, null)
  void effect('a')
  expect(happened).toEqual(['a'])
})

test('dropped effects never happen and are never answered', async () => {
  const { seam, happened, effect } = recorder()
  seam.hold(true)
  const lost = effect('a')
  seam.drop()
  expect(seam.pending()).toBe(0)
  expect((await settling(lost)).is).toBe('waiting')
  expect(happened).toEqual([])
})

test('work outside is reported while it goes on', async () => {
  const { seam } = recorder()
  const work = Promise.withResolvers<string>()
  expect(seam.outside()).toBeNull()
  const answer = seam.pass(() => seam.follow(work.promise))
  const outside = seam.outside()
  expect(outside).not.toBeNull()
  work.resolve('derived')
  await outside
  expect(seam.outside()).toBeNull()
  expect(await answer).toBe('derived')
})

test('work outside that outlives its process is not waited for and reaches nobody', async () => {
  const { seam } = recorder()
  const work = Promise.withResolvers<string>()
  const answer = seam.follow(work.promise)
  seam.drop()
  expect(seam.outside()).toBeNull()
  work.resolve('late')
  expect((await settling(answer)).is).toBe('waiting')
})

test('reset makes the seam as new', async () => {
  const { seam, happened, effect } = recorder()
  seam.hold(true)
  void effect('a')
  seam.arm(0, () => happened.push('strike'))
  seam.reset()
  expect(seam.pending()).toBe(0)
  expect(await effect('b')).toBe('b')
  expect(happened).toEqual(['b'])
  expect(seam.count()).toBe(1)
})

test('an effect that nobody waits for happens later: when it is completed or flushed, and never after a death', async () => {
  const seam = createSeam()
  const seen: string[] = []
  void seam.later(() => seen.push('flushed'))
  void seam.pass(() => seen.push('at once'))
  expect([seam.pending(), seen]).toEqual([1, ['at once']])
  expect([seam.flush(), seam.flush()]).toEqual([true, false])
  void seam.later(() => seen.push('completed'))
  seam.complete(0)
  void seam.later(() => seen.push('lost'))
  seam.drop()
  expect([seam.flush(), seen]).toEqual([false, ['at once', 'flushed', 'completed']])
})
