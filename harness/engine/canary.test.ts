import { describe, expect, it } from 'vitest'
import type { SeenValue, ValueRef } from '../contract/values.ts'
import { canaries, secretOf } from './canary.ts'

const ref = (canary: number, size = 40): ValueRef => ({ canary, size, kind: 'text' })
const bytes = (canary: number, size = 40) => Buffer.from(secretOf(ref(canary, size), 'bytes'))

describe('what came back', () => {
  const given = canaries('bytes')
  for (const canary of [1, 2]) given.make(ref(canary))
  const [one, two] = [bytes(1), bytes(2)]
  it('is the recipe of what was written', () => {
    expect(given.recognise(one)).toEqual({ is: 'canary', canary: ref(1) })
  })
  it.each<[string, (SeenValue & { is: 'altered' })['how'], Buffer, ValueRef | null]>([
    ['a beginning', 'cut', one.subarray(0, 25), ref(1)],
    ['an end', 'tail', two.subarray(12), ref(2)],
    ['something added', 'extended', Buffer.concat([one, Buffer.from('!')]), ref(1)],
    ['blanks more', 'trimmed', Buffer.concat([one, Buffer.from(' \n')]), ref(1)],
    ['base64', 're-encoded', Buffer.from(two.toString('base64')), ref(2)],
    ['half of each', 'mixed', Buffer.concat([one.subarray(0, 20), two.subarray(20)]), ref(1)],
    [
      'a middle of another',
      'mixed',
      Buffer.concat([one.subarray(0, 16), two.subarray(16, 24), one.subarray(24)]),
      ref(1),
    ],
    ['an end and something before', 'mixed', Buffer.concat([Buffer.alloc(20, '?'), two.subarray(20)]), ref(2)],
    ['nothing that was written', 'unlike', bytes(3), null],
    ['nothing', 'unlike', Buffer.alloc(0), null],
  ])('is told from %s', (_, how, seen, of) => {
    expect(given.recognise(seen)).toEqual({ is: 'altered', of, how, size: seen.length })
  })
  it('is never taken for a PIN', () => {
    const pin = Buffer.from(given.makePin({ pin: 5 }))
    expect(given.recognise(pin)).toMatchObject({ is: 'altered', how: 'unlike' })
    expect([...given.secrets.values()]).toEqual([ref(1), ref(2), { pin: 5 }])
  })
})

it('every secret is noted where all are, from the moment that it is made', () => {
  const all = new Map()
  canaries('text', all).make(ref(4))
  canaries('text', all).makePin({ pin: 1 })
  expect([...all.values()]).toEqual([ref(4), { pin: 1 }])
})
