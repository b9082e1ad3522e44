import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Refusal } from '../failure.ts'
import { canonicalJson, canonicalTexts } from './canonical-json.ts'

it('gives the bytes of RFC 8785, section 3.2.3', () => {
  const given = {
    numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
  }
  expect(canonicalJson(given)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  )
})

it('orders fields by UTF-16 code units, as the RFC has it', () => {
  const given = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, ö: 7 }
  expect([...canonicalJson(given).matchAll(/:(\d)/g)].map(([, value]) => Number(value))).toEqual([2, 4, 6, 7, 1, 5, 3])
})

it('writes -0 as 0', () => {
  expect(canonicalJson(-0)).toBe('0')
})

const sorted = (value: unknown): unknown =>
  typeof value !== 'object' || value === null
    ? value
    : Array.isArray(value)
      ? value.map(sorted)
      : Object.entries(value)
          .map(([name, field]) => [name, sorted(field)] as const)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))

it('is the same in any order of fields, and different for different values', () => {
  const values = fc.jsonValue()
  fc.assert(
    fc.property(values, values, (one, other) => {
      const text = canonicalJson(one)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(one)))
      expect(canonicalJson(JSON.parse(text))).toBe(text)
      expect(canonicalJson(other) === text).toBe(JSON.stringify(sorted(other)) === JSON.stringify(sorted(one)))
    }),
    { seed: 8785, numRuns: 500 },
  )
})

it('is the same by the fast way, for texts in any order of fields, or refused by both', () => {
  const any = fc.string({ unit: 'binary', maxLength: 6 })
  const names = fc.oneof(
    any,
    fc.nat(120).map(String),
    fc.constantFrom('', 'toJSON', '\ud83d', '"', '\u2028', 'ö', '\ufb33'),
  )
  const told = (of: () => string): string => {
    try {
      return of()
    } catch (error) {
      expect(error).toBeInstanceOf(Refusal)
      return 'refused'
    }
  }
  fc.assert(
    fc.property(fc.dictionary(names, fc.oneof(any, fc.constantFrom('\ude00', '\\ud83d'))), (fields) => {
      expect(told(() => canonicalTexts({ ...fields }))).toBe(told(() => canonicalJson({ ...fields })))
    }),
    { seed: 8785, numRuns: 2000 },
  )
})

it.each([
  ['undefined', undefined],
  ['a field of undefined', { a: undefined }],
  ['a function', () => 1],
  ['not a number', Number.NaN],
  ['an infinity', Number.POSITIVE_INFINITY],
  ['half a surrogate pair', '\ud83d'],
  ['half a pair as a name', { '\ude00': 1 }],
  ['a large integer', 1n],
  ['a date', new Date(0)],
  ['a map', new Map()],
])('refuses %s', (_, value) => {
  expect(() => canonicalJson(value)).toThrow(Refusal)
})

it('refuses what is nested without end', () => {
  const endless: unknown[] = []
  endless.push(endless)
  expect(() => canonicalJson(endless)).toThrow(Refusal)
})
