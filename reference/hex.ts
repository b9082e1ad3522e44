import { type SecretBytes, secretRoom } from './memory/secret-bytes.ts'

const digits = Buffer.from('0123456789abcdef')
/** What each byte is as a digit; 255 for those that are none. */
const values = new Uint8Array(256).fill(255)
for (const [value, digit] of digits.entries()) values[digit] = value

/**
 * A secret in hexadecimal, since some keyrings lose a whole collection to a raw line end. Without a string on the way:
 * strings cannot be zeroed.
 */
export function toHex(bytes: Uint8Array): SecretBytes {
  const secret = secretRoom(bytes.length * 2)
  const hex = secret.bytes
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0
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
    const high = values[hex[index * 2] ?? 0] ?? 255
    const low = values[hex[index * 2 + 1] ?? 0] ?? 255
    if (high === 255 || low === 255) {
      secret[Symbol.dispose]()
      return null
    }
    bytes[index] = (high << 4) | low
  }
  return secret
}
