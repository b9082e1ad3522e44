import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto'
import type { Random } from '../../harness/contract/platforms/desktop.ts'
import { Refusal } from '../failure.ts'
import { decrypt } from '../memory/decrypt.ts'
import { giveBack } from '../memory/give-back.ts'

const purpose = Buffer.from('holdfast row 2\0')
/** Nonces that are drawn at once: each draw is a call of the system's generator. */
const drawn = 128
const sizes = { version: 8, nonce: 12, tag: 16 } as const

/** A value as it lies in a row. */
export interface Sealed {
  readonly version: number
  readonly sealed: Uint8Array
}

/** Seals the values of one vault, each bound to that vault, its name and its version: moved to another row it does not open. */
export interface RowSeal {
  seal(name: Uint8Array, version: number, value: Uint8Array): Buffer
  /** @throws Refusal `corrupt` unless exactly these bytes were sealed for exactly this row. */
  unseal(name: Uint8Array, row: Sealed): Uint8Array
}

/**
 * A name in a form that sorts as its code units do and loses none of them, not even half of a pair, which UTF-8 has no
 * bytes for: two names never become one row.
 */
export const nameBytes = (name: string): Buffer => Buffer.from(name, 'utf16le').swap16()
export const nameOf = (bytes: Uint8Array): string => Buffer.from(bytes).swap16().toString('utf16le')

/**
 * nonce | AES-256-GCM(value) | tag. The key is handed over once, as a key object: one made of bytes at each call costs ten
 * times as much, and SQLite keeps its own key in plain memory for as long as the database is open in any case.
 */
export function rowSeal(key: Uint8Array, vaultId: Uint8Array, random: Random): RowSeal {
  const held: KeyObject = createSecretKey(key)
  const versionAt = purpose.length + vaultId.length
  const nameAt = versionAt + sizes.version
  // Joined in memory that is used again.
  let bound = Buffer.concat([purpose, vaultId], nameAt)
  let nonces: Uint8Array = new Uint8Array(0)
  const nextNonce = (): Uint8Array => {
    if (nonces.length === 0) nonces = random.bytes(drawn * sizes.nonce)
    const nonce = nonces.subarray(0, sizes.nonce)
    nonces = nonces.subarray(sizes.nonce)
    return nonce
  }
  // All parts but the last are of fixed size, so no two rows give the same bytes.
  const boundTo = (name: Uint8Array, version: number): Buffer => {
    const size = nameAt + name.length
    if (bound.length < size) bound = Buffer.concat([bound], 2 * size)
    bound.writeBigUInt64BE(BigInt(version), versionAt)
    bound.set(name, nameAt)
    return bound.subarray(0, size)
  }
  return {
    seal(name, version, value) {
      const nonce = nextNonce()
      const cipher = createCipheriv('aes-256-gcm', held, nonce, { authTagLength: sizes.tag })
      cipher.setAAD(boundTo(name, version))
      const body = cipher.update(value)
      cipher.final()
      const sealed = Buffer.concat([nonce, body, cipher.getAuthTag()])
      giveBack(body)
      return sealed
    },
    unseal(name, { version, sealed }) {
      if (sealed.length < sizes.nonce + sizes.tag) throw damaged()
      const nonce = sealed.subarray(0, sizes.nonce)
      const decipher = createDecipheriv('aes-256-gcm', held, nonce, { authTagLength: sizes.tag })
      decipher.setAAD(boundTo(name, version))
      decipher.setAuthTag(sealed.subarray(-sizes.tag))
      const value = decrypt(decipher, sealed.subarray(sizes.nonce, -sizes.tag))
      try {
        decipher.final()
        return new Uint8Array(value.buffer, value.byteOffset, value.length)
      } catch {
        value.fill(0)
        throw damaged()
      }
    },
  }
}

const damaged = () => new Refusal('corrupt', { reason: 'a row is damaged' })
