import { describe, expect, it } from 'vitest'
import { deviations } from './linearizability.ts'
import { overlappingHistory } from './overlapping-history.ts'

const size = { operations: 4000, clients: 8, entries: 4 }

describe('a history of many clients', () => {
  it('is the same for the same seed, and as long as was asked', () => {
    const one = overlappingHistory({ ...size, seed: 1, staleAfter: null })
    expect(overlappingHistory({ ...size, seed: 1, staleAfter: null })).toEqual(one)
    expect(overlappingHistory({ ...size, seed: 2, staleAfter: null })).not.toEqual(one)
    expect(one.filter(({ does }) => does === 'return')).toHaveLength(size.operations)
  })
  it.each([1, 2, 3, 4, 5])(
    'is explained where it is sound, and not where one read saw an old value, seed %i',
    (seed) => {
      expect(deviations(overlappingHistory({ ...size, seed, staleAfter: null }))).toBe(0)
      expect(deviations(overlappingHistory({ ...size, seed, staleAfter: 3000 }))).toBeGreaterThan(0)
    },
  )
})
