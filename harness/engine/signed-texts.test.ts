import { expect, it } from 'vitest'
import { materialise, unasked } from './answers.ts'
import { canaries } from './canary.ts'
import { signedTexts } from './signed-texts.ts'

const sign = { op: 'sign', transaction: { transaction: 3, amount: 7 } } as const
const given = (value: string | readonly string[]) => ({ is: 'ok', value }) as const

it('puts the id of what was signed in place of each text, and gives the text where a program names it', () => {
  const texts = signedTexts()
  const earlier = { checkpoint: null, signed: texts.text }
  const accept = (how: 'as-given' | 'altered') => ({ op: 'accept', signed: { transaction: 3, how } }) as const
  expect(unasked(accept('as-given'), earlier)).toBe('no signed text of that transaction was given')
  expect(texts.seen(sign, given('{"amount":"107.00"}'))).toEqual(given('transfer-3'))
  expect(unasked(accept('as-given'), earlier)).toBe(null)
  expect(materialise(accept('as-given'), canaries('bytes'), earlier)).toEqual({
    op: 'accept',
    signed: '{"amount":"107.00"}',
  })
  expect(texts.text({ transaction: 3, how: 'altered' })).toBe('{"amount":"207.00"}')
  expect(texts.seen({ op: 'handOver' }, given(['{"amount":"107.00"}', '{"id":"transfer-4"}', 'x']))).toEqual(
    given(['transfer-3', 'transfer-4', 'unknown']),
  )
  expect(texts.text({ transaction: 4, how: 'as-given' })).toBe('{"id":"transfer-4"}')
})

it('alters what it cannot read in the middle, and takes nothing for no signature', () => {
  const texts = signedTexts()
  expect(texts.seen(sign, given(''))).toEqual({ is: 'ok', value: null })
  expect(texts.text({ transaction: 3, how: 'as-given' })).toBe(null)
  texts.seen(sign, given('eyJ2opaque'))
  expect(texts.text({ transaction: 3, how: 'altered' })).toBe('eyJ2o2aque')
  texts.seen(sign, given('eyJ2o2aque'))
  expect(texts.text({ transaction: 3, how: 'altered' })).toBe('eyJ2o3aque')
})
