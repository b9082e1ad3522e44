import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'
import { beginningOf, decodeLine, encodeEntry } from './entry.ts'
import { leafHash } from './merkle-tree.ts'

const prev = beginningOf('example.org/log')
const entry = { seq: 3, at: 1_700_000_000_000, prev, event: { action: 'put', subject: 'a' } }
const { text } = encodeEntry(entry)
/** A line whose hash is right, whatever stands in it. */
const lineOf = (json: string | Buffer) => {
  const bytes = Buffer.from(json)
  return Buffer.concat([Buffer.from(`${leafHash(bytes).toString('hex')} `), bytes])
}
const json = text.slice(65)

it('is what the general writer of RFC 8785 makes of it, and reads as it was', () => {
  const texts = fc.string({ unit: 'grapheme' })
  const entries = fc.record({
    seq: fc.maxSafeNat(),
    at: fc.maxSafeInteger(),
    prev: fc.constant(prev),
    event: fc.dictionary(fc.oneof(texts, fc.nat(30).map(String)), texts, { noNullPrototype: true }),
  })
  fc.assert(
    fc.property(entries, (one) => {
      fc.pre(!Object.hasOwn(one.event, '__proto__'))
      const line = encodeEntry(one)
      expect(line.text.slice(65)).toBe(canonicalJson(one))
      expect(decodeLine(Buffer.from(line.text))).toEqual({ ...line, entry: one })
    }),
    { seed: 8, numRuns: 1000 },
  )
})

describe('a line that is not to the byte what is written', () => {
  it('is read as it is written', () => {
    expect(decodeLine(lineOf(json))).toMatchObject({ entry })
  })
  it.each([
    ['a blank', json.replace(':3}', ': 3}')],
    ['another order', json.replace('"action":"put","subject":"a"', '"subject":"a","action":"put"')],
    ['an escape that is not needed', json.replace('"put"', '"p\\u0075t"')],
    ['a field more', json.replace('"seq"', '"q":1,"seq"')],
    ['a field less', json.replace(',"seq":3', '')],
    ['a field twice', json.replace('"at":', '"at":1,"at":')],
    ['a number in another form', json.replace(':3}', ':3.0}')],
    ['a number by its exponent', json.replace(':3}', ':3e0}')],
    ['less than nothing', json.replace(':3}', ':-3}')],
    ['minus nothing', json.replace(':3}', ':-0}')],
    ['a number that is none', json.replace(':3}', ':"3"}')],
    ['more than can be counted', json.replace(':3}', ':9007199254740993}')],
    ['a list of events', json.replace(/"event":{.*?}/, '"event":["put"]')],
    ['no event', json.replace(/"event":{.*?}/, '"event":null')],
    ['an event with a number', json.replace('"put"', '1')],
    ['a field called __proto__', json.replace('"action"', '"__proto__"')],
    ['a hash in capitals', json.replace(prev, prev.toUpperCase())],
    ['a list', '[]'],
    ['nothing', ''],
    ['null', 'null'],
    ['two entries', `${json}${json}`],
    ['bytes that are no UTF-8', Buffer.from(json.replace('"a"', '"\xff"'), 'latin1')],
    ['a mark of the order of bytes', `\ufeff${json}`],
  ])('is none: %s', (_, bytes) => {
    expect(decodeLine(lineOf(bytes))).toBeNull()
  })
  it('is none with another hash before it', () => {
    expect(decodeLine(Buffer.from(text.replace(/^./, (sign) => (sign === '0' ? '1' : '0'))))).toBeNull()
    expect(decodeLine(Buffer.from(text.replace(' ', '\t')))).toBeNull()
  })
})
