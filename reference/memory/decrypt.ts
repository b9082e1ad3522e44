import type { DecipherGCM } from 'node:crypto'

/**
 * Decrypts without leaving a copy. node:crypto decrypts into memory that is a byte larger, copies, and frees that
 * uncleared: memory of the same size is taken again at once, which is the same memory, and zeroed.
 */
export function decrypt(decipher: DecipherGCM, sealed: Uint8Array): Buffer {
  const plain = decipher.update(sealed)
  Buffer.allocUnsafeSlow(sealed.length + 1).fill(0)
  return plain
}
