import { expect, test } from 'vitest'
import { lineQueue } from './line-queue.ts'

const made = (line = 1000, queued = 1000) => {
  const cut: number[] = []
  let rooms = 0
  const queue = lineQueue(
    { line, queued },
    () => {
      rooms += 1
    },
    (bytes) => cut.push(bytes),
  )
  return { queue, cut, rooms: () => rooms }
}
const all = async (lines: AsyncIterable<string>) => {
  const seen: string[] = []
  for await (const line of lines) seen.push(line)
  return seen
}

test('lines come whole, whatever the pieces, and text without a line end is the last one', async () => {
  const { queue } = made()
  const bytes = Buffer.from('a\nbä\n\nlast')
  for (const byte of bytes) queue.push(Buffer.of(byte))
  queue.end()
  expect(await all(queue.lines)).toEqual(['a', 'bä', '', 'last'])
})

test('a flood that nobody reads fills the queue, and reading makes room', async () => {
  const { queue, rooms } = made()
  while (!queue.full()) queue.push(Buffer.from('y\n'))
  expect(rooms()).toBe(0)
  const reader = queue.lines[Symbol.asyncIterator]()
  while (queue.full()) await reader.next()
  expect(rooms()).toBe(1)
})

test('an endless line is cut, and what was lost is told', async () => {
  const { queue, cut } = made(10)
  for (let i = 0; i < 5; i++) queue.push(Buffer.from('12345'))
  queue.push(Buffer.from('\nnext\n'))
  queue.end()
  expect(await all(queue.lines)).toEqual(['1234512345', 'next'])
  expect(cut).toEqual([15])
})

test('after its reader has gone it keeps nothing and asks for no pause', () => {
  const { queue } = made()
  queue.discard()
  queue.push(Buffer.alloc(5000, 'x\n'))
  expect(queue.full()).toBe(false)
})

test('a reader that stopped can go on', async () => {
  const { queue } = made()
  queue.push(Buffer.from('a\nb\n'))
  queue.end()
  for await (const line of queue.lines) {
    expect(line).toBe('a')
    break
  }
  expect(await all(queue.lines)).toEqual(['b'])
})
