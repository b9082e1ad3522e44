import { createCipheriv, createDecipheriv } from 'node:crypto'
import { gcm } from '@noble/ciphers/aes.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gcmVectors } from '../../fixtures/vectors/aes-256-gcm.ts'
import { seal, unseal } from '../sealed.ts'
import { exactly, flipped, fromHex, toHex, upTo } from './sample-bytes.ts'

const tagSize = 16
interface Bound {
  readonly key: Uint8Array
  readonly nonce: Uint8Array
  readonly associated: Uint8Array
}

const node = {
  seal({ key, nonce, associated }: Bound, plain: Uint8Array): Uint8Array {
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associated)
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  },
  open({ key, nonce, associated }: Bound, sealed: Uint8Array): Uint8Array {
    const cipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagSize }).setAAD(associated)
    cipher.setAuthTag(sealed.subarray(-tagSize))
    return Buffer.concat([cipher.update(sealed.subarray(0, -tagSize)), cipher.final()])
  },
}
const noble = {
  seal: ({ key, nonce, associated }: Bound, plain: Uint8Array) => gcm(key, nonce, associated).encrypt(plain),
  open: ({ key, nonce, associated }: Bound, sealed: Uint8Array) => gcm(key, nonce, associated).decrypt(sealed),
}
const bounds = fc.record<Bound>({ key: exactly(32), nonce: exactly(12), associated: upTo(60) })

describe('AES-256-GCM', () => {
  it.each(gcmVectors)('$source: node:crypto and @noble', ({ key, nonce, associated, plain, sealed, tag }) => {
    const bound = { key: fromHex(key), nonce: fromHex(nonce), associated: fromHex(associated) }
    for (const one of [node, noble]) {
      expect(toHex(one.seal(bound, fromHex(plain)))).toBe(sealed + tag)
      expect(toHex(one.open(bound, fromHex(sealed + tag)))).toBe(plain)
    }
  })
  it('is the same in both on any input, and each opens what the other sealed', () => {
    fc.assert(
      fc.property(bounds, upTo(200), (bound, plain) => {
        const sealed = node.seal(bound, plain)
        expect(toHex(noble.seal(bound, plain))).toBe(toHex(sealed))
        expect(toHex(noble.open(bound, sealed))).toBe(toHex(plain))
        expect(toHex(node.open(bound, sealed))).toBe(toHex(plain))
      }),
      { numRuns: 100, seed: 1 },
    )
  })
  it('opens in neither with one bit turned anywhere: sealed, tag, key, nonce, associated', () => {
    const wrong = fc.record({ what: fc.constantFrom('sealed', 'key', 'nonce', 'associated'), bit: fc.nat() })
    fc.assert(
      fc.property(bounds, upTo(60), wrong, (bound, plain, { what, bit }) => {
        fc.pre(what !== 'associated' || bound.associated.length > 0)
        const sealed = node.seal(bound, plain)
        const other = what === 'sealed' ? bound : { ...bound, [what]: flipped(bound[what as keyof Bound], bit) }
        const given = what === 'sealed' ? flipped(sealed, bit) : sealed
        for (const one of [node, noble]) expect(() => one.open(other, given)).toThrow()
      }),
      { numRuns: 100, seed: 1 },
    )
  })
  it('by @noble opens what the reference sealed, at its place alone', () => {
    const head = { magic: 4, version: 8, nonce: 12 }
    const places = fc.record({ key: exactly(32), vaultId: exactly(16), nameHash: exactly(32) })
    const random = { bytes: (size: number) => new Uint8Array(size).fill(7) }
    fc.assert(
      fc.property(places, upTo(80), fc.nat(), (place, value, version) => {
        const sealed = seal(place, { name: 'näme', value }, version, random)
        const bound: Bound = {
          key: place.key,
          nonce: sealed.subarray(head.magic + head.version, head.magic + head.version + head.nonce),
          associated: Buffer.concat([
            Buffer.from('holdfast entry 2\0'),
            place.vaultId,
            place.nameHash,
            sealed.subarray(head.magic, head.magic + head.version),
          ]),
        }
        const body = sealed.subarray(head.magic + head.version + head.nonce)
        const plain = Buffer.from(noble.open(bound, body))
        const name = Buffer.from('näme', 'utf16le')
        expect(plain.readUInt32BE(0)).toBe(name.length)
        expect(toHex(plain.subarray(4))).toBe(toHex(Buffer.concat([name, value])))
        expect(toHex(unseal(place, sealed).value)).toBe(toHex(value))
        const elsewhere = { ...bound, associated: flipped(bound.associated, version) }
        expect(() => noble.open(elsewhere, body)).toThrow()
      }),
      { numRuns: 50, seed: 1 },
    )
  })
})
