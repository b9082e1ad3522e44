import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { valueKinds } from '../contract/values.ts'
import { secretOf } from './canary.ts'
import { pinSize, sizeOf, writeCanary, writePin } from './canary-bytes.ts'

/** A digest over many secrets: tokens of earlier versions mean these bytes. */
function digestOf(each: (add: (bytes: Uint8Array) => void) => void): string {
  const hash = createHash('sha256')
  each((bytes) => hash.update(Buffer.from([bytes.length >> 8, bytes.length & 255])).update(bytes))
  return hash.digest('hex')
}

test('every recipe makes the bytes that it always made', () => {
  const made = digestOf((add) => {
    for (const kind of valueKinds)
      for (let size = 0; size < 80; size++) {
        const ref = { canary: size * 7, size, kind }
        const bytes = new Uint8Array(sizeOf(ref))
        writeCanary(ref, bytes)
        expect(bytes).toEqual(new Uint8Array(secretOf(ref, 'bytes') as Uint8Array))
        add(bytes)
      }
  })
  expect(made).toBe('ebd43d0f92b6afeb22e5806c13f3fd733f9edfe7cf8df0b9c04caea423bbf8f0')
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
