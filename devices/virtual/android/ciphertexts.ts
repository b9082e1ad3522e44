import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'
import type { Transformation } from '../../../harness/contract/platforms/android.ts'

/** What the keystore computes inside: bytes, or why it cannot. */
export type Computed = Uint8Array | 'bad-tag' | 'bad-padding' | 'input-length'

export const ivBytes: Readonly<Record<Transformation, number>> = {
  'AES/GCM/NoPadding': 12,
  'AES/CBC/PKCS7Padding': 16,
  'RSA/ECB/OAEPPadding': 0,
}
/** Of 256 bits. */
export const keyBytes = 32
const tagBytes = 16
/** RSA of 2048 bits with OAEP and SHA-256. */
const rsaBlock = 256
const rsaMost = 190

const gcm = {
  encrypt(key: KeyObject, iv: Uint8Array, aad: Uint8Array, plain: Uint8Array): Uint8Array {
    const cipher = createCipheriv('aes-256-gcm', key, iv)
    if (aad.length > 0) cipher.setAAD(aad)
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  },
  decrypt(key: KeyObject, iv: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Computed {
    if (sealed.length < tagBytes) return 'bad-tag'
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes })
    if (aad.length > 0) decipher.setAAD(aad)
    decipher.setAuthTag(sealed.subarray(-tagBytes))
    try {
      return Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()])
    } catch {
      return 'bad-tag'
    }
  },
}

const cbc = {
  encrypt(key: KeyObject, iv: Uint8Array, plain: Uint8Array): Uint8Array {
    const cipher = createCipheriv('aes-256-cbc', key, iv)
    return Buffer.concat([cipher.update(plain), cipher.final()])
  },
  decrypt(key: KeyObject, iv: Uint8Array, sealed: Uint8Array): Computed {
    if (sealed.length === 0 || sealed.length % 16 !== 0) return 'input-length'
    const decipher = createDecipheriv('aes-256-cbc', key, iv)
    try {
      return Buffer.concat([decipher.update(sealed), decipher.final()])
    } catch {
      return 'bad-padding'
    }
  },
}

const none = new Uint8Array(0)

/**
 * A pair of keys as its holder sees it: one half makes blocks of 256 bytes of at most 190, the other opens them. Inside it
 * is a sealed block, not RSA: making a pair would take longer than a thousand programs, and never give the same twice.
 */
const pair = {
  encrypt(key: KeyObject, nonce: Uint8Array, plain: Uint8Array): Computed {
    if (plain.length > rsaMost) return 'input-length'
    const block = new Uint8Array(rsaBlock - nonce.length - tagBytes)
    block[0] = plain.length
    block.set(plain, 1)
    return Buffer.concat([nonce, gcm.encrypt(key, nonce, none, block)])
  },
  decrypt(key: KeyObject, sealed: Uint8Array): Computed {
    if (sealed.length !== rsaBlock) return 'input-length'
    const block = gcm.decrypt(key, sealed.subarray(0, 12), none, sealed.subarray(12))
    if (typeof block === 'string') return 'bad-padding'
    return block.subarray(1, 1 + (block[0] ?? 0))
  },
}

export interface Computation {
  readonly transformation: Transformation
  readonly mode: 'encrypt' | 'decrypt'
  readonly key: KeyObject
  readonly iv: Uint8Array
  readonly aad: Uint8Array
  readonly input: Uint8Array
  /** For what a pair of keys adds to each block. */
  readonly random: (size: number) => Uint8Array
}

export const compute = ({ transformation, mode, key, iv, aad, input, random }: Computation): Computed => {
  const encrypts = mode === 'encrypt'
  switch (transformation) {
    case 'AES/GCM/NoPadding':
      return encrypts ? gcm.encrypt(key, iv, aad, input) : gcm.decrypt(key, iv, aad, input)
    case 'AES/CBC/PKCS7Padding':
      return encrypts ? cbc.encrypt(key, iv, input) : cbc.decrypt(key, iv, input)
    case 'RSA/ECB/OAEPPadding':
      return encrypts ? pair.encrypt(key, random(12), input) : pair.decrypt(key, input)
  }
}
