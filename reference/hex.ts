import { type SecretBytes, secretRoom } from './memory/secret-bytes.ts'

const digits = Buffer.from('0123456789abcdef')

/**
 * A secret in hexadecimal, since some keyrings lose a whole collection to a raw line end. Without a string on the way:
 * strings cannot be zeroed.
 */
export function toHex(bytes: Uint8Array): SecretBytes {
  const secret = secretRoom(bytes.length * 2)
  const hex = secret.bytes
  for (const [index, byte] of bytes.entries()) {
    hex[index * 2] = digits[byte >> 4] ?? 0
    hex[index * 2 + 1] = digits[byte & 15] ?? 0
  }
  return secret
}

/** The way back; null where these are not the digits that `toHex` writes. */
export function fromHex(hex: Uint8Array): SecretBytes | null {
  if (hex.length % 2 !== 0) return null
  const secret = secretRoom(hex.length / 2)
  const bytes = secret.bytes
  for (let index = 0; index < bytes.length; index++) {
    const high = digits.indexOf(hex[index * 2] ?? 0)
    const low = digits.indexOf(hex[index * 2 + 1] ?? 0)
    if (high === -1 || low === -1) {
      secret[Symbol.dispose]()
      return null
    }
    bytes[index] = (high << 4) | low
  }
  return secret
}
