import { createHmac, hkdfSync } from 'node:crypto'
import { hkdf as noble } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hkdfVectors } from '../../fixtures/vectors/hkdf.ts'
import { deriveKey, keySize } from '../keys.ts'
import { exactly, fromHex, toHex, upTo } from './sample-bytes.ts'

describe('HKDF-SHA-256', () => {
  it.each(hkdfVectors)('$source: node:crypto and @noble', ({ material, salt, info, key }) => {
    const [from, with_, use] = [fromHex(material), fromHex(salt), fromHex(info)]
    expect(toHex(hkdfSync('sha256', from, with_, use, key.length / 2))).toBe(key)
    expect(toHex(noble(sha256, from, with_, use, key.length / 2))).toBe(key)
  })
  it('is the same in both on any input', () => {
    const length = fc.integer({ min: 1, max: 300 })
    fc.assert(
      fc.property(upTo(80), upTo(80), upTo(80), length, (material, salt, info, size) => {
        expect(toHex(noble(sha256, material, salt, info, size))).toBe(
          toHex(hkdfSync('sha256', material, salt, info, size)),
        )
      }),
      { numRuns: 150, seed: 1 },
    )
  })
  it("is what the reference derives its keys with, and @noble's HMAC is that of node:crypto", () => {
    fc.assert(
      fc.property(exactly(keySize), exactly(16), fc.constantFrom('entries', 'names', 'header'), (key, id, use) => {
        const info = new TextEncoder().encode(`holdfast ${use} 1`)
        using derived = deriveKey(key, id, use)
        expect(toHex(derived.bytes)).toBe(toHex(noble(sha256, key, id, info, keySize)))
        expect(toHex(hmac(sha256, key, id))).toBe(createHmac('sha256', key).update(id).digest('hex'))
      }),
      { numRuns: 50, seed: 1 },
    )
  })
})
