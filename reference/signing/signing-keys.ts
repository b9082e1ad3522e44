import {
  createECDH,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  sign as nodeSign,
  verify as nodeVerify,
} from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '../failure.ts'
import { type Algorithm, algorithms } from './transaction.ts'

/** A public key with what became of it: kept for ever, so that what it signed stays verifiable. */
export const publicKeySchema = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{64}$/),
  algorithm: z.enum(algorithms),
  /** SPKI, base64. */
  spki: z.base64().max(400),
  /** `rotated`: another took its place; `invalidated`: its private half is gone. Either signs no more. */
  state: z.enum(['current', 'rotated', 'invalidated']),
})
export type PublicKey = Readonly<z.infer<typeof publicKeySchema>>

export interface KeyPair {
  readonly publicKey: PublicKey
  /** PKCS #8, secret. */
  readonly secret: Uint8Array
}

const der = { format: 'der' } as const

/** Makes a key pair by the system's generator. */
export function newKeyPair(algorithm: Algorithm): KeyPair {
  const { privateKey, publicKey } =
    algorithm === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return pairOf(algorithm, privateKey, publicKey)
}

/** PKCS #8 of an Ed25519 key, before its seed: RFC 8410. */
const ed25519Head = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * The key pair of a raw private key: the seed of Ed25519, or the scalar of P-256.
 * @throws Refusal `invalid-argument` where these bytes are no such key
 */
export function keyPairOf(algorithm: Algorithm, raw: Uint8Array): KeyPair {
  try {
    if (raw.length !== 32) throw new Error('a raw key has 32 bytes')
    const privateKey = algorithm === 'ed25519' ? ofSeed(raw) : ofScalar(raw)
    return pairOf(algorithm, privateKey, createPublicKey(privateKey))
  } catch {
    throw new Refusal('invalid-argument', { reason: 'these bytes are no raw key of this algorithm' })
  }
}
const ofSeed = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([ed25519Head, seed]), ...der, type: 'pkcs8' })
function ofScalar(scalar: Uint8Array): KeyObject {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(scalar)
  const point = curve.getPublicKey()
  const [x, y, d] = [point.subarray(1, 33), point.subarray(33), Buffer.from(scalar)].map((part) =>
    part.toString('base64url'),
  )
  return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', x, y, d }, format: 'jwk' })
}

/** The public half of a private key, as the current one. */
export function publicKeyOf(secret: Uint8Array): PublicKey {
  const privateKey = createPrivateKey({ key: Buffer.from(secret), ...der, type: 'pkcs8' })
  const algorithm = privateKey.asymmetricKeyType === 'ed25519' ? 'ed25519' : 'ecdsa-p256-sha256'
  return pairOf(algorithm, privateKey, createPublicKey(privateKey)).publicKey
}

function pairOf(algorithm: Algorithm, privateKey: KeyObject, publicKey: KeyObject): KeyPair {
  const spki = publicKey.export({ ...der, type: 'spki' })
  const id = hash('sha256', spki)
  return {
    publicKey: { id, algorithm, spki: spki.toString('base64'), state: 'current' },
    secret: privateKey.export({ ...der, type: 'pkcs8' }),
  }
}

/** How node:crypto is asked: ECDSA signatures as r and s, which have one form. */
const options = (key: KeyObject) => ({ key, dsaEncoding: 'ieee-p1363' }) as const
const digest = { ed25519: null, 'ecdsa-p256-sha256': 'sha256' } as const satisfies Record<Algorithm, string | null>

/** Null where the secret is no key. */
export function sign(algorithm: Algorithm, secret: Uint8Array, bytes: Uint8Array): Buffer | null {
  try {
    const key = createPrivateKey({ key: Buffer.from(secret), ...der, type: 'pkcs8' })
    return nodeSign(digest[algorithm], bytes, options(key))
  } catch {
    return null
  }
}

/** False for whatever is no key, or no signature. */
export function isSignedBy({ algorithm, spki, id }: PublicKey, bytes: Uint8Array, signature: Uint8Array): boolean {
  const encoded = Buffer.from(spki, 'base64')
  if (hash('sha256', encoded) !== id) return false
  try {
    const key = createPublicKey({ key: encoded, ...der, type: 'spki' })
    const curve = key.asymmetricKeyDetails?.namedCurve
    const fits = algorithm === 'ed25519' ? key.asymmetricKeyType === 'ed25519' : curve === 'prime256v1'
    return fits && nodeVerify(digest[algorithm], bytes, options(key), signature)
  } catch {
    return false
  }
}
