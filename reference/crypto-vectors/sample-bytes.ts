import fc from 'fast-check'

export const fromHex = (hex: string): Buffer => Buffer.from(hex, 'hex')
export const toHex = (bytes: Uint8Array | ArrayBuffer): string => Buffer.from(bytes as Uint8Array).toString('hex')
export const exactly = (size: number) => fc.uint8Array({ minLength: size, maxLength: size })
export const upTo = (size: number) => fc.uint8Array({ maxLength: size })

/** The same bytes with one bit turned, counted modulo how many there are. There is at least one byte. */
export function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  const at = bit % (copy.length * 8)
  copy[at >> 3] = (copy[at >> 3] ?? 0) ^ (1 << (at & 7))
  return copy
}
