import type { PinRef, ValueRef } from '../contract/values.ts'

/*
 * Makes secrets from their recipes where they are wanted, byte by byte and with nothing on the way, neither strings nor
 * other buffers: whoever zeroes the target has left no copy.
 */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const hexDigits = '0123456789abcdef'

/** A stream of 32-bit numbers from a recipe (splitmix32): the same everywhere, no two recipes alike. */
function stream({ canary, size, kind }: ValueRef): () => number {
  let state =
    (Math.imul(canary + 1, 0x9e3779b1) ^ Math.imul(size + 1, 0x85ebca6b) ^ (kind.charCodeAt(0) << 8) ^ kind.length) >>>
    0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) >>> 0
  }
}

/** What is put into a body of letters: no secrets. */
interface Marks {
  readonly before: Uint8Array
  readonly inside: Uint8Array
  readonly after: Uint8Array
}
const marks = (before: string, inside: string, after: string): Marks => ({
  before: Buffer.from(before),
  inside: Buffer.from(inside),
  after: Buffer.from(after),
})
const marksOf: Readonly<Record<'newline' | 'unicode' | 'nul', Marks>> = {
  newline: marks(' ', '\n\r\n', '\n'),
  unicode: marks('ä', 'e\u0301\u{1f511}', 'ß'),
  nul: marks('', '\0', ''),
}
const length = ({ before, inside, after }: Marks): number => before.length + inside.length + after.length

/** Bytes of the secret: as asked, or what its marks take where that is more. */
export function sizeOf({ kind, size }: ValueRef): number {
  switch (kind) {
    case 'empty':
      return 0
    case 'text':
      return size
    case 'binary':
      return Math.max(2, size)
    case 'hex':
      return 2 * Math.max(1, size >> 1)
    default:
      return Math.max(size, length(marksOf[kind]))
  }
}

const letter = (next: () => number): number => alphabet.charCodeAt(next() % alphabet.length)

/** Writes the secret into room of its size. */
export function writeCanary(ref: ValueRef, into: Uint8Array): void {
  const next = stream(ref)
  switch (ref.kind) {
    case 'empty':
      return
    case 'text':
      for (let at = 0; at < into.length; at++) into[at] = letter(next)
      return
    case 'binary':
      // 0xff is never part of UTF-8. No zero bytes: what a store does with those is a kind of its own.
      for (let at = 0; at < into.length; at++) into[at] = (next() % 255) + 1
      into[0] = 0xff
      return
    case 'hex':
      for (let at = 0; at < into.length; at += 2) {
        const byte = letter(next)
        into[at] = hexDigits.charCodeAt(byte >> 4)
        into[at + 1] = hexDigits.charCodeAt(byte & 15)
      }
      return
    default: {
      const { before, inside, after } = marksOf[ref.kind]
      const middle = before.length + ((into.length - length(marksOf[ref.kind])) >> 1)
      into.set(before)
      for (let at = before.length; at < middle; at++) into[at] = letter(next)
      into.set(inside, middle)
      for (let at = middle + inside.length; at < into.length - after.length; at++) into[at] = letter(next)
      into.set(after, into.length - after.length)
    }
  }
}

/** Digits of every PIN: twelve, so that finding them somewhere cannot be chance. */
export const pinSize = 12

/** Writes the digits of a PIN into room of its size. */
export function writePin({ pin }: PinRef, into: Uint8Array): void {
  // A full-period step: different PINs differ in most digits.
  let left = (Number((BigInt(pin + 1) * 387_420_489_727n) % 899_999_999_999n) + 100_000_000_000) % 1_000_000_000_000
  for (let at = pinSize - 1; at >= 0; at--) {
    into[at] = 0x30 + (left % 10)
    left = Math.floor(left / 10)
  }
}
