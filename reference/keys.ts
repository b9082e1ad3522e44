import { hash } from 'node:crypto'
import { type SecretBytes, secretRoom, takeSecret } from './memory/secret-bytes.ts'

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
  using extracted = extract(key, vaultId)
  return expand(extracted, use)
}

const extract = (key: Uint8Array, vaultId: Uint8Array): SecretBytes => takeSecret(mac(vaultId, key))
const expand = (extracted: SecretBytes, use: string): SecretBytes =>
  takeSecret(mac(extracted.bytes, Buffer.from(`holdfast ${use} 1\u0001`)))

/** Derives the keys from the vault key. */
export function deriveKeys(vaultKey: Uint8Array, vaultId: Uint8Array): Keys {
  using extracted = extract(vaultKey, vaultId)
  const entries = expand(extracted, 'entries')
  const names = expand(extracted, 'names')
  const header = expand(extracted, 'header')
  const manifest = expand(extracted, 'manifest')
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

/** Bytes of a block of SHA-256, and what the two rounds of an HMAC mix into the key. */
const block = 64
const [inside, outside] = [0x36, 0x5c]
/** Room for both rounds, taken once: most messages are short, and nothing else runs meanwhile. */
const usual = 4096
let room: { readonly first: Buffer; readonly second: Buffer } | null = null

/**
 * HMAC-SHA-256, by hand and in locked memory: half the time of `createHmac` with a key of bytes, which also keeps a copy
 * of the key until it is done. A key is no longer than a block.
 */
export function mac(key: Uint8Array, bytes: Uint8Array): Buffer {
  room ??= { first: secretRoom(usual).bytes, second: secretRoom(block + keySize).bytes }
  const { second } = room
  const size = block + bytes.length
  using own = size > usual ? secretRoom(size) : null
  const first = own?.bytes ?? room.first.subarray(0, size)
  mix(first, key, inside)
  first.set(bytes, block)
  const digest = hash('sha256', first, 'buffer')
  first.fill(0)
  mix(second, key, outside)
  second.set(digest, block)
  digest.fill(0)
  const tag = hash('sha256', second, 'buffer')
  second.fill(0)
  return tag
}

function mix(into: Uint8Array, key: Uint8Array, by: number): void {
  if (key.length > block) throw new Error('a key longer than a block was given (a fault of the vault)')
  for (let at = 0; at < key.length; at++) into[at] = (key[at] ?? 0) ^ by
  into.fill(by, key.length, block)
}
