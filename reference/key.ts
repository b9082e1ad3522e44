import type { Keyring, KeyringItem } from '../harness/contract/platforms/desktop.ts'
import { Refusal } from './failure.ts'
import { keySize } from './keys.ts'

/** Bytes of a vault's id. */
export const idSize = 16

/** Where the vault key lives in the operating system's keyring. One item a vault, so that a new one replaces the old. */
export const keyItem = (namespace: string): KeyringItem => ({ service: `${namespace}/vault`, account: 'vault-key' })

/**
 * Keeps the vault key in the keyring, beside the id of the vault it belongs to. As hexadecimal: some keyrings lose a
 * whole collection to a raw line end in a secret.
 */
export async function keepKey(keyring: Keyring, item: KeyringItem, id: Uint8Array, key: Uint8Array): Promise<void> {
  const secret = toHex(Buffer.concat([id, key]))
  try {
    await keyring.set(item, secret)
  } finally {
    secret.fill(0)
  }
}

/**
 * Takes the vault key out of the keyring; the caller zeroes it.
 * @throws Refusal `key-invalidated` where the keyring has none, `wrong-key` where it is another vault's, `corrupt`.
 */
export async function fetchKey(keyring: Keyring, item: KeyringItem, id: Uint8Array): Promise<Buffer> {
  const secret = await keyring.get(item)
  if (secret === null) throw new Refusal('key-invalidated', { reason: 'the keyring has no key of this vault' })
  const bytes = fromHex(secret)
  secret.fill(0)
  if (bytes === null || bytes.length !== idSize + keySize)
    throw new Refusal('corrupt', { reason: 'the key in the keyring is damaged' })
  const key = Buffer.from(bytes.subarray(idSize))
  const mine = bytes.subarray(0, idSize).equals(id)
  bytes.fill(0)
  if (mine) return key
  key.fill(0)
  throw new Refusal('wrong-key', { reason: 'the key in the keyring is of another vault' })
}

const digits = Buffer.from('0123456789abcdef')

/** Without a string: strings cannot be zeroed. */
function toHex(bytes: Buffer): Buffer {
  const hex = Buffer.alloc(bytes.length * 2)
  for (const [index, byte] of bytes.entries()) {
    hex[index * 2] = digits[byte >> 4] ?? 0
    hex[index * 2 + 1] = digits[byte & 15] ?? 0
  }
  bytes.fill(0)
  return hex
}

function fromHex(hex: Uint8Array): Buffer | null {
  const bytes = Buffer.alloc(hex.length >> 1)
  for (let index = 0; index < hex.length; index++) {
    const digit = digits.indexOf(hex[index] ?? 0)
    if (digit === -1) return null
    bytes[index >> 1] = ((bytes[index >> 1] ?? 0) << 4) | digit
  }
  return hex.length % 2 === 0 ? bytes : null
}
