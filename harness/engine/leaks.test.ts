import { describe, expect, it } from 'vitest'
import type { PinRef, ValueKind, ValueRef } from '../contract/values.ts'
import { secretOf } from './canary.ts'
import { encodingsOf } from './encodings.ts'
import { findLeaks } from './leaks.ts'
import { pinSecret } from './pin.ts'

const bytesOf = (ref: ValueRef) => Buffer.from(secretOf(ref, 'bytes'))
const used = (...refs: readonly (ValueRef | PinRef)[]) =>
  new Map(refs.map((ref) => ['pin' in ref ? String(pinSecret(ref, true)) : bytesOf(ref).toString('latin1'), ref]))
const one = (kind: ValueKind, size = 24): ValueRef => ({ canary: 3, size, kind })
const all = (kind: ValueKind) => used(one(kind), { canary: 4, size: 30, kind: 'text' }, { pin: 7 })
/** Noise before and after, longer than what is swept by an index of its own where `noise` says so. */
const within = (bytes: Buffer, noise: number) =>
  Buffer.concat([Buffer.alloc(noise, 'noise of no meaning '), bytes, Buffer.alloc(noise + 3, '0123456789')])
const encodings = (leaks: ReturnType<typeof findLeaks>) => leaks.map(({ encoding }) => encoding)

describe.each([7, 70_000])('with noise of %i bytes around it', (noise) => {
  it.each(['text', 'newline', 'unicode', 'hex', 'base64', 'prefixed', 'wide', 'binary', 'nul'] as const)(
    'a secret of kind %s is found in every encoding, at every place',
    (kind) => {
      const secret = bytesOf(one(kind, 26))
      for (const { encoding, bytes } of encodingsOf(secret))
        for (const shift of [0, 1, 2, 3]) {
          const found = findLeaks(
            within(Buffer.concat([Buffer.alloc(shift), bytes]), noise),
            used(one(kind, 26)),
            false,
          )
          expect([encoding, found.map(({ canary }) => canary).includes(3)]).toEqual([encoding, true])
        }
    },
  )
  it('nothing is found where nothing is', () => {
    expect(findLeaks(within(Buffer.from('nothing'), noise), all('text'), false)).toEqual([])
  })
})

describe('what is known of a secret', () => {
  const secret = bytesOf(one('text', 90))
  const ref = used(one('text', 90))
  it('is its beginning, and the end of a long one', () => {
    expect(findLeaks(secret.subarray(0, 20), ref, false)).toEqual([{ canary: 3, encoding: 'utf-8' }])
    expect(findLeaks(secret.subarray(-20), ref, false)).toEqual([{ canary: 3, encoding: 'utf-8' }])
    expect(findLeaks(secret.subarray(20, -20), ref, false)).toEqual([])
    expect(findLeaks(bytesOf(one('text', 40)).subarray(-20), used(one('text', 40)), false)).toEqual([])
  })
  it('is never a mark that others begin with', () => {
    const other = bytesOf({ canary: 10, size: 50, kind: 'prefixed' })
    expect(findLeaks(other, used({ canary: 3, size: 50, kind: 'prefixed' }), false)).toEqual([])
  })
  it('is told once for each encoding, in the order in which secrets were used', () => {
    const given = used(one('text'), { canary: 4, size: 24, kind: 'text' })
    const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = [...given.values()].map((each) =>
      bytesOf(each as ValueRef),
    )
    const log = Buffer.concat([second, Buffer.from(first.toString('hex')), second, first])
    expect(findLeaks(log, given, false)).toEqual([
      { canary: 3, encoding: 'hex' },
      { canary: 3, encoding: 'utf-8' },
      { canary: 4, encoding: 'utf-8' },
    ])
  })
  it('is nothing where it is short: it would be found by chance', () => {
    const short = one('text', 11)
    expect(findLeaks(bytesOf(short), used(short), false)).toEqual([])
    expect(findLeaks(Buffer.concat([bytesOf(one('text', 12))]), used(one('text', 12)), false)).toHaveLength(1)
  })
})

it('a PIN is found too, and told as such', () => {
  const pin = Buffer.from(pinSecret({ pin: 7 }, false))
  expect(findLeaks(pin, all('text'), false)).toEqual([{ secret: 'pin', canary: 7, encoding: 'utf-8' }])
  expect(encodings(findLeaks(Buffer.from(pin.toString('base64')), all('text'), false))).toEqual(['base64'])
})

it('what only an earlier program was given is not found', () => {
  expect(findLeaks(bytesOf(one('text')), all('text'), false)).toHaveLength(1)
  expect(findLeaks(bytesOf(one('text')), used({ canary: 5, size: 24, kind: 'text' }), false)).toEqual([])
})

it('text is found as text', () => {
  const ref = one('unicode')
  const text = String(secretOf(ref, 'text'))
  expect(findLeaks(Buffer.from(`log: ${text}`), new Map([[text, ref]]), true)).toEqual([
    { canary: 3, encoding: 'utf-8' },
  ])
})

describe('the encodings', () => {
  const names = (secret: string | Buffer) => encodingsOf(Buffer.from(secret)).map(({ encoding }) => encoding)
  it('are many, and none comes twice', () => {
    const secret = Buffer.from(' "a+b/c"\n\u00e4\u20ac~?>>')
    const found = encodingsOf(secret)
    expect(names(secret)).toEqual([
      'utf-8',
      'utf-16',
      'utf-16be',
      'reversed',
      'hex',
      'HEX',
      'base64',
      'base64+1',
      'base64+2',
      ...names(secret).filter((name) => name.startsWith('base64url')),
      'json',
      'json-ascii',
      'percent',
      'form',
      'numbers',
      'numbers-spaced',
    ])
    expect(new Set(found.map(({ bytes }) => bytes.toString('latin1'))).size).toBe(found.length)
    const of = (name: string) => found.find(({ encoding }) => encoding === name)?.bytes.toString()
    expect(of('json')).toBe(JSON.stringify(secret.toString()).slice(1, -1))
    expect(of('json-ascii')).toBe(' \\"a+b/c\\"\\n\\u00e4\\u20ac~?>>')
    expect(of('percent')).toBe(encodeURIComponent(secret.toString()))
    expect(of('form')).toBe(new URLSearchParams([['', secret.toString()]]).toString().slice(1))
    expect(of('numbers')).toBe([...secret].join())
  })
  it('of plain text leave out those that change nothing', () => {
    expect(names('plainText1234')).not.toContain('json')
    expect(names('plainText1234')).not.toContain('percent')
  })
  it('of what is no text include the text that code makes of it all the same', () => {
    const binary = Buffer.from([255, 1, 2, 200])
    expect(names(binary).slice(0, 2)).toEqual(['bytes', 'utf-16'])
    expect(encodingsOf(binary).find(({ encoding }) => encoding === 'utf-8')?.bytes).toEqual(
      Buffer.from('\xff\x01\x02\xc8'),
    )
  })
})
