import { createHmac, hkdfSync } from 'node:crypto'

/** Bytes of the vault key, and of each key derived from it. */
export const keySize = 32

/** The keys of an open vault, one for each use. Disposing zeroes them. */
export interface Keys extends Disposable {
  /** AES-256-GCM over entries. */
  readonly entries: Buffer
  /** HMAC that turns names into file names. */
  readonly names: Buffer
  /** HMAC over the header. */
  readonly header: Buffer
}

const none = Buffer.alloc(0)
const derive = (vaultKey: Uint8Array, vaultId: Uint8Array, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', vaultKey, vaultId, `holdfast ${use} 1`, keySize))

/** Derives the keys from the vault key, which the caller then zeroes. */
export function deriveKeys(vaultKey: Uint8Array, vaultId: Uint8Array): Keys {
  const entries = derive(vaultKey, vaultId, 'entries')
  const names = derive(vaultKey, vaultId, 'names')
  const header = derive(vaultKey, vaultId, 'header')
  return {
    entries,
    names,
    header,
    [Symbol.dispose]() {
      for (const key of [entries, names, header]) key.fill(0)
    },
  }
}

/** HMAC-SHA-256. */
export const mac = (key: Uint8Array, bytes: Uint8Array = none): Buffer =>
  createHmac('sha256', key).update(bytes).digest()
