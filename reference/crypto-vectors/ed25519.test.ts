import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { ed25519 } from '@noble/curves/ed25519.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ed25519Vectors } from '../../fixtures/vectors/ed25519.ts'
import { exactly, flipped, fromHex, toHex, upTo } from './sample-bytes.ts'

/** The fixed head of a PKCS #8 Ed25519 key, RFC 8410. */
const pkcs8 = fromHex('302e020100300506032b657004220420')
const nodeKey = (secret: Uint8Array) =>
  createPrivateKey({ key: Buffer.concat([pkcs8, secret]), format: 'der', type: 'pkcs8' })
const nodePublic = (secret: Uint8Array) => createPublicKey(nodeKey(secret))
const publicBytes = (secret: Uint8Array): string =>
  toHex(nodePublic(secret).export({ format: 'der', type: 'spki' }).subarray(-32))

describe('Ed25519', () => {
  it.each(ed25519Vectors)('$source: node:crypto and @noble', ({ secretKey, publicKey, message, signature }) => {
    const secret = fromHex(secretKey)
    const said = fromHex(message)
    expect(publicBytes(secret)).toBe(publicKey)
    expect(toHex(ed25519.getPublicKey(secret))).toBe(publicKey)
    expect(toHex(sign(null, said, nodeKey(secret)))).toBe(signature)
    expect(toHex(ed25519.sign(said, secret))).toBe(signature)
  })
  it('is the same in both on any input, and each refuses what the other refuses', () => {
    fc.assert(
      fc.property(exactly(32), upTo(100), fc.nat(), (secret, message, bit) => {
        const signature = sign(null, message, nodeKey(secret))
        const known = ed25519.getPublicKey(secret)
        expect(toHex(known)).toBe(publicBytes(secret))
        expect(toHex(ed25519.sign(message, secret))).toBe(toHex(signature))
        const seen = (said: Uint8Array, by: Uint8Array) => [
          verify(null, said, nodePublic(secret), by),
          ed25519.verify(by, said, known),
        ]
        expect(seen(message, signature)).toEqual([true, true])
        expect(seen(message, flipped(signature, bit))).toEqual([false, false])
        expect(seen(Uint8Array.of(...message, 0), signature)).toEqual([false, false])
      }),
      { numRuns: 25, seed: 1 },
    )
  })
})
