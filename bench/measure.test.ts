import { expect, it } from 'vitest'
import type { Lane } from './lane.ts'
import { measure, median } from './measure.ts'

it('takes the median of odd and even counts', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 3, 2])).toBe(2.5)
})

it('runs lanes in turn, forgets the warm-up, and compares rounds side by side', async () => {
  let time = 0
  const ran: string[] = []
  const lane = (id: string, beside: string | null, tookMs: (seed: number) => number): Lane => ({
    id,
    what: id,
    beside,
    target: null,
    async round(seed) {
      ran.push(`${id}${seed}`)
      time += tookMs(seed)
      return 1000
    },
    async [Symbol.asyncDispose]() {},
  })
  // The machine is slower in every second round, for both alike; the first round is slow because it is cold.
  const slow = (seed: number) => (seed === 0 ? 1000 : seed % 2 === 0 ? 2 : 1)
  const lanes = [lane('bare', null, slow), lane('judged', 'bare', (seed) => 4 * slow(seed))]
  const [bare, judged] = await measure(lanes, { warmUp: 1, measured: 3 }, { wall: () => time, cpu: () => time / 2 })
  expect(ran).toEqual(['bare0', 'judged0', 'judged1', 'bare1', 'bare2', 'judged2', 'judged3', 'bare3'])
  expect(bare).toMatchObject({
    perSecond: 1_000_000,
    slowest: 500_000,
    fastest: 1_000_000,
    commands: 3000,
    ofBare: null,
  })
  expect(judged).toMatchObject({ perSecond: 250_000, perCpuSecond: 500_000, ofBare: { beside: 'bare', ratio: 0.25 } })
})
