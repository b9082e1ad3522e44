import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { Random } from '../../harness/contract/platforms/desktop.ts'
import { keySize } from '../keys.ts'
import { withByteKey } from '../memory/byte-key.ts'
import { type SecretBytes, takeSecret } from '../memory/secret-bytes.ts'

const nonceSize = 12
const tagSize = 16
/** Bytes of a wrapped key. */
export const wrappedSize = nonceSize + keySize + tagSize

/** Seals the vault key under a key-encryption key: nonce | AES-256-GCM | tag. `boundTo` is authenticated with it. */
export function wrap(kek: SecretBytes, boundTo: Uint8Array, key: SecretBytes, random: Random): Buffer {
  const nonce = random.bytes(nonceSize)
  const cipher = withByteKey(() => createCipheriv('aes-256-gcm', kek.bytes, nonce, { authTagLength: tagSize }))
  cipher.setAAD(boundTo)
  return Buffer.concat([nonce, cipher.update(key.bytes), cipher.final(), cipher.getAuthTag()])
}

/** The vault key, or null where this key-encryption key did not wrap it for exactly this slot. */
export function unwrap(kek: SecretBytes, boundTo: Uint8Array, wrapped: Uint8Array): SecretBytes | null {
  if (wrapped.length !== wrappedSize) return null
  const nonce = wrapped.subarray(0, nonceSize)
  const decipher = withByteKey(() => createDecipheriv('aes-256-gcm', kek.bytes, nonce, { authTagLength: tagSize }))
  decipher.setAAD(boundTo)
  decipher.setAuthTag(wrapped.subarray(-tagSize))
  const plain = decipher.update(wrapped.subarray(nonceSize, -tagSize))
  try {
    decipher.final()
    return takeSecret(plain)
  } catch {
    return null
  } finally {
    plain.fill(0)
  }
}
