import { describe, expect, it } from 'vitest'
import type { Outcome } from '../contract/history.ts'
import type { Operation } from '../contract/operations.ts'
import type { Derived } from './call-fact.ts'
import { type Costs, costs } from './costs.ts'

const derived = (memoryKiB: number, iterations: number, more: Partial<Derived> = {}): Derived => ({
  probe: 'kdf',
  algorithm: 'argon2id',
  memoryKiB,
  iterations,
  parallelism: 1,
  saltBytes: 16,
  ...more,
})
const ok: Outcome = { is: 'ok', value: null }
const refused: Outcome = { is: 'fail', failure: { code: 'internal' } }
const unlock: Operation = { op: 'unlock', pin: { pin: 0 } }
const change: Operation = { op: 'changePin', next: { pin: 1 } }
const setUp: Operation = { op: 'setUp', pin: { pin: 0 } }

const costing = (made: Derived): Costs => {
  const known = costs()
  known.made(made)
  return known
}

describe('what a vault costs', () => {
  it.each([
    ['fewer passes', derived(1024, 2)],
    ['less memory', derived(512, 3)],
    ['another algorithm', derived(1024, 3, { algorithm: 'pbkdf2' })],
    ['a shorter salt', derived(1024, 3, { saltBytes: 8 })],
  ])('%s is less than before', (_, less) => {
    expect(costing(derived(1024, 3)).later(less, unlock, ok)?.kind).toBe('unlock-weaker')
  })
  it('the same, more, or other shares of the same work are not', () => {
    for (const enough of [derived(1024, 3), derived(1024, 4), derived(512, 6)])
      expect(costing(derived(1024, 3)).later(enough, unlock, refused)).toBe(null)
  })
  it('rises with an acknowledged change of the PIN, and with no other call', () => {
    const known = costing(derived(1024, 3))
    expect(known.later(derived(1024, 9), unlock, ok)).toBe(null)
    expect(known.later(derived(1024, 9), change, refused)).toBe(null)
    expect(known.later(derived(1024, 3), unlock, ok)).toBe(null)
    expect(known.later(derived(1024, 4), change, ok)).toBe(null)
    expect(known.later(derived(1024, 3), unlock, ok)?.kind).toBe('unlock-weaker')
  })
  it('is that of the new vault after a reset and a set-up, and unknown in between', () => {
    const known = costing(derived(1024, 3))
    known.returned({ op: 'reset' }, ok)
    expect(known.later(derived(1, 1), unlock, refused)).toBe(undefined)
    known.returned(setUp, ok)
    expect(known.later(derived(1024, 2), setUp, ok)).toBe(undefined)
    expect(known.later(derived(1024, 2), unlock, ok)).toBe(null)
  })
  it('is kept by a set-up that was refused', () => {
    const known = costing(derived(1024, 3))
    known.returned(setUp, refused)
    expect(known.later(derived(1024, 2), unlock, ok)?.kind).toBe('unlock-weaker')
  })
})
