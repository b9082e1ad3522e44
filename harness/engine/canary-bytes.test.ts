import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { lengthIn, type ValueKind, valueKinds, wideSizeOf } from '../contract/values.ts'
import { secretOf } from './canary.ts'
import { pinSize, sizeOf, writeCanary, writePin } from './canary-bytes.ts'

/** A digest over many secrets: tokens of earlier versions mean these bytes. */
function digestOf(each: (add: (bytes: Uint8Array) => void) => void): string {
  const hash = createHash('sha256')
  each((bytes) => hash.update(Buffer.from([bytes.length >> 8, bytes.length & 255])).update(bytes))
  return hash.digest('hex')
}

const first: readonly ValueKind[] = ['text', 'newline', 'unicode', 'hex', 'nul', 'binary', 'empty']
const later = valueKinds.filter((kind) => !first.includes(kind))

test.each([
  [first, 'ebd43d0f92b6afeb22e5806c13f3fd733f9edfe7cf8df0b9c04caea423bbf8f0'],
  [later, 'c4f4d1a531925851c2850c0136cfedf727aede6082d7b7ec2d7d932601e2327c'],
])('every recipe of %j makes the bytes that it always made', (kinds, digest) => {
  const made = digestOf((add) => {
    for (const kind of kinds)
      for (let size = 0; size < 80; size++) {
        const ref = { canary: size * 7, size, kind }
        const bytes = new Uint8Array(sizeOf(ref))
        writeCanary(ref, bytes)
        expect(bytes).toEqual(new Uint8Array(secretOf(ref, 'bytes') as Uint8Array))
        add(bytes)
      }
  })
  expect(made).toBe(digest)
})

test('what looks encoded can be decoded', () => {
  for (let size = 0; size < 80; size++) {
    const base64 = String(secretOf({ canary: size, size, kind: 'base64' }, 'text'))
    expect(Buffer.from(base64, 'base64').toString('base64')).toBe(base64)
    const prefixed = String(secretOf({ canary: size, size, kind: 'prefixed' }, 'text'))
    expect(prefixed).toMatch(/^(go-keyring-(base64|encoded):|base64:|hex:|0x|enc:|data:;base64,)([0-9a-f]{4}){3,}$/)
  }
})

test('wide text is as long as it says, in bytes and in UTF-16 units, and hardly any of it is ASCII', () => {
  for (let size = 0; size < 200; size++) {
    const ref = { canary: size, size, kind: 'wide' } as const
    const text = String(secretOf(ref, 'text'))
    expect(text.isWellFormed()).toBe(true)
    expect([Buffer.byteLength(text), text.length]).toEqual([lengthIn('bytes', ref), lengthIn('utf16', ref)])
    expect(text.replaceAll(/[A-Za-z0-9]/g, '').length).toBe(text.length - (size % 10))
    const longest = { ...ref, size: wideSizeOf('utf16', size) }
    expect(lengthIn('utf16', longest)).toBe(size)
    expect(longest.size).toBe(10 * Math.floor(size / 4) + (size % 4))
    expect(wideSizeOf('bytes', size)).toBe(size)
  }
})

test('every PIN has the digits that it always had', () => {
  const made = digestOf((add) => {
    for (let pin = 0; pin < 500; pin++) {
      const digits = new Uint8Array(pinSize)
      writePin({ pin }, digits)
      add(digits)
    }
  })
  expect(made).toBe('ff6211fa4de5b0692631cc979ea46378fbb0df3560bd23c51f440460ef674ba5')
})
