import { expect, test } from 'vitest'
import { createMainQueue } from './main-queue.ts'

const started = () => {
  const queue = createMainQueue()
  let fallen = 0
  const seen: boolean[] = []
  const look = async () => {
    await Promise.resolve()
    seen.push(queue.here)
  }
  const run = (work: () => unknown) =>
    queue.run(work, () => {
      fallen += 1
    })
  return { queue, run, look, seen, fallen: () => fallen }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('what is returned is on the main thread until it is settled, also after it waited', async () => {
  const { run, look, seen } = started()
  run(look)
  await settled()
  expect(seen).toEqual([true])
})

test('what is begun there and not returned leaves it at its first wait', async () => {
  const { run, look, queue, seen } = started()
  run(() => {
    seen.push(queue.here)
    void look()
  })
  await settled()
  expect([...seen, queue.here]).toEqual([true, false, false])
})

test('what goes on beside it is elsewhere', async () => {
  const { run, look, seen } = started()
  const beside = look()
  run(() => new Promise(() => {}))
  await beside
  expect(seen).toEqual([false])
})

test.each<[string, () => unknown]>([
  [
    'at once',
    () => {
      throw new Error('oops')
    },
  ],
  ['later', () => Promise.reject(new Error('oops'))],
])('what throws %s is told once', async (_when, work) => {
  const { run, fallen } = started()
  run(work)
  await settled()
  expect(fallen()).toBe(1)
})
