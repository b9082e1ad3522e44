import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { needlesFor } from '../memory/needles.ts'
import type { AgentLink } from './agent-link.ts'
import { batches, searchFar } from './far-memory.ts'

const secret = Buffer.from('Zk3vQp8sXw2rLm6t')
const needles = needlesFor('secret', secret, (bytes) => [{ encoding: 'utf-8', bytes }])
const base = 0x7000_0000_0000
const size = 9 * 1024 * 1024

/** An agent over a stretch of memory that is in this process. `unread`: it gives a byte less than it is asked for. */
const agentOf = (memory: Buffer, { refused = false, unread = false, shrinks = false } = {}): AgentLink => {
  let end = base + memory.length
  const maps = () => `${base.toString(16)}-${end.toString(16)} rw-p 00000000 00:00 0 [heap]\n`
  const answer = (question: { readonly do: string } & Record<string, unknown>): unknown => {
    if (question.do === 'mapped') {
      const process = { pid: 7, maps: refused ? null : maps(), swappedKiB: 0, coreLimits: ['0', '0'] }
      return { swapAreas: 0, corePattern: 'core', processes: [process] }
    }
    if (question.do === 'present') return question.ranges
    if (shrinks) end = base + memory.length - 4096
    const parts = (question.parts as [number, number][]).map(([from, to]) =>
      memory.subarray(from - base, Math.max(from, Math.min(to, end) - (unread ? 1 : 0)) - base),
    )
    return { got: parts.map(({ length }) => length), packed: deflateSync(Buffer.concat(parts)).toString('base64') }
  }
  return {
    ask: async <T>(question: { readonly do: string } & Record<string, unknown>, schema: z.ZodType<T>) =>
      schema.parse(answer(question)),
    closed: new Promise(() => {}),
    isClosed: () => false,
  }
}

describe('a search of memory that is read by the agent', () => {
  const most = 4 * 1024 * 1024
  test.each([0, 1, most - 17, most - 16, most - 9, most - 1, most, 2 * most - 40, size - 16])(
    'finds a secret at %d',
    async (at) => {
      const memory = Buffer.alloc(size)
      secret.copy(memory, at)
      const seen = await searchFar(agentOf(memory), [7], needles)
      expect(seen?.found).toContainEqual({ what: 'secret', encoding: 'utf-8' })
      expect(seen?.bytes).toBeGreaterThanOrEqual(size)
    },
  )
  test('finds nothing where there is nothing', async () => {
    expect((await searchFar(agentOf(Buffer.alloc(size)), [7], needles))?.found).toEqual([])
  })
  test('what was given back meanwhile holds nothing', async () => {
    const memory = Buffer.alloc(size)
    secret.copy(memory, 100)
    const seen = await searchFar(agentOf(memory, { shrinks: true }), [7], needles)
    expect(seen?.found).toContainEqual({ what: 'secret', encoding: 'utf-8' })
  })
  test('what could not be read says nothing', async () => {
    expect(await searchFar(agentOf(Buffer.alloc(4096), { refused: true }), [7], needles)).toBeNull()
    expect(await searchFar(agentOf(Buffer.alloc(4096), { unread: true }), [7], needles)).toBeNull()
  })
})

test('what ends one stretch and begins another is not taken together', async () => {
  const parts = [
    ...batches(
      [
        [0, 4096],
        [8192, 12_288],
      ],
      32,
    ),
  ].flat()
  expect(parts).toEqual([
    [0, 4096],
    [8192, 12_288],
  ])
})

test('no batch is longer than the rest, whatever the stretches are', () => {
  const most = 4 * 1024 * 1024
  const made = [
    ...batches(
      [
        [0, most - 4096],
        [most, 3 * most],
        [4 * most, 4 * most + 4096],
      ],
      512,
    ),
  ]
  for (const batch of made) expect(batch.reduce((sum, [from, to]) => sum + to - from, 0)).toBeLessThanOrEqual(most)
  expect(made.flat().at(-1)?.[1]).toBe(4 * most + 4096)
})
