import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ecdsaVectors } from '../../fixtures/vectors/ecdsa-p256.ts'
import { exactly, flipped, fromHex, toHex, upTo } from './sample-bytes.ts'

const dsaEncoding = 'ieee-p1363'
/** Low and high s are both valid ECDSA, and node:crypto makes either. */
const anyS = { lowS: false }

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
function nodeKey(secret: Uint8Array): KeyObject {
  const point = p256.getPublicKey(secret, false)
  const [x, y] = [base64url(point.subarray(1, 33)), base64url(point.subarray(33))]
  return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', d: base64url(secret), x, y }, format: 'jwk' })
}
const byNode = (key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean =>
  verify('sha256', message, { key: createPublicKey(key), dsaEncoding }, signature)
const byNoble = (secret: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean =>
  p256.verify(signature, message, p256.getPublicKey(secret), anyS)

describe('ECDSA over P-256 with SHA-256', () => {
  it.each(ecdsaVectors)('$source: @noble signs it, and node:crypto believes it', (vector) => {
    const secret = fromHex(vector.secretKey)
    const message = fromHex(vector.message)
    expect(toHex(p256.getPublicKey(secret, false))).toBe(`04${vector.x}${vector.y}`)
    expect(toHex(p256.sign(message, secret, anyS))).toBe(vector.signature)
    expect(byNode(nodeKey(secret), message, fromHex(vector.signature))).toBe(true)
  })
  it('each believes what the other signed, and neither what was changed', () => {
    const secrets = exactly(32).filter((secret) => p256.utils.isValidSecretKey(secret))
    fc.assert(
      fc.property(secrets, upTo(100), fc.nat(), (secret, message, bit) => {
        const key = nodeKey(secret)
        const signatures = [sign('sha256', message, { key, dsaEncoding }), p256.sign(message, secret, anyS)]
        for (const signature of signatures) {
          const seen = (said: Uint8Array, by: Uint8Array) => [byNode(key, said, by), byNoble(secret, said, by)]
          expect(seen(message, signature)).toEqual([true, true])
          expect(seen(message, flipped(signature, bit))).toEqual([false, false])
          expect(seen(Uint8Array.of(...message, 0), signature)).toEqual([false, false])
        }
      }),
      { numRuns: 10, seed: 1 },
    )
  })
})
