import { expect, it } from 'vitest'
import { eitherOf } from '../contract/count.ts'
import type { Outcome } from '../contract/history.ts'
import type { SeenReturn } from '../contract/operations.ts'
import { situations } from '../judging/situations.ts'
import { tellOutcome } from './breach.ts'

const answer = (value: SeenReturn): Outcome => ({ is: 'ok', value })
const of = { canary: 2, size: 4095, kind: 'text' } as const

it.each([
  [answer(true), 'yes'],
  [answer(false), 'no'],
  [answer({ is: 'canary', canary: of }), 'secret #2 (text, 4,095 bytes)'],
  [answer({ is: 'canary', canary: { ...of, size: 1 } }), 'secret #2 (text, 1 byte)'],
  [answer({ is: 'altered', of, how: 'cut', size: 2560 }), 'secret #2 (text, 4,095 bytes) cut short, now of size 2,560'],
  [answer({ is: 'altered', of: null, how: 'unlike', size: 3 }), 'a value that nobody wrote, of size 3'],
])('an answer is told in the words of the story: %j', (outcome, words) => {
  expect(tellOutcome(outcome)).toBe(words)
})

it('what is allowed is listed once each', () => {
  expect([['a'], ['a', 'b'], ['a', 'b', 'a', 'c']].map(eitherOf)).toEqual(['a', 'a or b', 'a, b or c'])
})

it.each(Object.entries(situations))('a situation is told so that it needs no other beside it: %s', (_, meaning) => {
  expect(meaning).not.toMatch(/^(the same\b|such\b|these\b|the next\b)|\bafter such\b/)
})
