import { expect, it } from 'vitest'
import { seedsOf, seedsTold } from './seeds.ts'

it('reads one seed and a span of them', () => {
  expect(seedsOf('--seeds', '7')).toEqual([7])
  expect(seedsOf('--seeds', '3-5')).toEqual([3, 4, 5])
  expect([seedsTold([7]), seedsTold([3, 4, 5])]).toEqual(['seed 7', 'seeds 3 to 5'])
})

it.each(['', '5-3', 'a', '1-2-3', '0-4', '-2'])('refuses "%s" by the name of its flag', (text) => {
  expect(() => seedsOf('--seeds', text)).toThrow(/^--seeds needs/)
})
