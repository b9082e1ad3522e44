import { createHmac } from 'node:crypto'
import { withByteKey } from './memory/byte-key.ts'
import { type SecretBytes, takeSecret } from './memory/secret-bytes.ts'

/** Bytes of the vault key, and of each key derived from it. */
export const keySize = 32

/** The keys of an open vault, one for each use. Disposing zeroes them. */
export interface Keys extends Disposable {
  /** AES-256-GCM over entries. */
  readonly entries: SecretBytes
  /** HMAC that turns names into file names. */
  readonly names: SecretBytes
  /** HMAC over the header. */
  readonly header: SecretBytes
  /** HMAC over the manifest. */
  readonly manifest: SecretBytes
}

/**
 * HKDF-SHA-256 for one use of a key in one vault. Of its two steps by hand, since `hkdfSync` keeps a copy of the key
 * until somebody collects the garbage. One block is 32 bytes, which is all that is needed.
 */
export function deriveKey(key: Uint8Array, vaultId: Uint8Array, use: string): SecretBytes {
  using extracted = takeSecret(mac(vaultId, key))
  return takeSecret(mac(extracted.bytes, Buffer.from(`holdfast ${use} 1\u0001`)))
}

/** Derives the keys from the vault key. */
export function deriveKeys(vaultKey: Uint8Array, vaultId: Uint8Array): Keys {
  const entries = deriveKey(vaultKey, vaultId, 'entries')
  const names = deriveKey(vaultKey, vaultId, 'names')
  const header = deriveKey(vaultKey, vaultId, 'header')
  const manifest = deriveKey(vaultKey, vaultId, 'manifest')
  return {
    entries,
    names,
    header,
    manifest,
    [Symbol.dispose]() {
      for (const key of [entries, names, header, manifest]) key[Symbol.dispose]()
    },
  }
}

/** HMAC-SHA-256. */
export const mac = (key: Uint8Array, bytes: Uint8Array): Buffer =>
  withByteKey(() => createHmac('sha256', key))
    .update(bytes)
    .digest()
