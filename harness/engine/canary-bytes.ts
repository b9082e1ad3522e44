import { type PinRef, type ValueRef, wideGroup } from '../contract/values.ts'

/*
 * Makes secrets from their recipes where they are wanted, byte by byte and with nothing on the way, neither strings nor
 * other buffers: whoever zeroes the target has left no copy.
 */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const hexDigits = '0123456789abcdef'
const base64Digits = `${alphabet}+/`
/** The last digit before one `=`: two of its bits are not used and must be zero. */
const lastDigits = 'AEIMQUYcgkosw048'
/** Marks by which stores say that they encoded what follows. */
const prefixes = ['go-keyring-base64:', 'go-keyring-encoded:', 'base64:', 'hex:', '0x', 'enc:', 'data:;base64,'].map(
  (prefix) => Buffer.from(prefix),
)

/** The next of a stream, below a limit of at most 32,767. */
type Next = (below: number) => number

/** A stream of 32-bit numbers from a recipe (splitmix32): the same everywhere, no two recipes alike. */
function stream({ canary, size, kind }: ValueRef): Next {
  let state =
    Math.imul(canary + 1, 0x9e3779b1) ^ Math.imul(size + 1, 0x85ebca6b) ^ (kind.charCodeAt(0) << 8) ^ kind.length
  return (below) => {
    state = (state + 0x9e3779b9) | 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    mixed ^= mixed >>> 15
    // The remainder of 32 bits without a sign, by halves: whole numbers of 31 bits are what an engine is fast with.
    return ((mixed >>> 16) * (0x10000 % below) + (mixed & 0xffff)) % below
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

/** What a `prefixed` secret begins with, and no other. */
export const prefixOf = ({ canary, kind }: ValueRef): Uint8Array =>
  (kind === 'prefixed' ? prefixes[canary % prefixes.length] : undefined) ?? new Uint8Array(0)
/** Bytes that base64 decodes: four digits at a time, twelve at least. */
const quads = (size: number): number => 4 * Math.max(3, size >> 2)

/** Bytes of the secret: as asked, or what its marks take where that is more. */
export function sizeOf(ref: ValueRef): number {
  const { kind, size } = ref
  switch (kind) {
    case 'wide':
      return size
    case 'base64':
      return quads(size)
    case 'prefixed': {
      const { length } = prefixOf(ref)
      return length + quads(size - length)
    }
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

const letter = (next: Next): number => alphabet.charCodeAt(next(alphabet.length))

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
      for (let at = 0; at < into.length; at++) into[at] = next(255) + 1
      into[0] = 0xff
      return
    case 'hex':
      writeHex(next, into)
      return
    case 'base64':
      for (let at = 0; at < into.length; at++) into[at] = base64Digits.charCodeAt(next(base64Digits.length))
      into[into.length - 2] = lastDigits.charCodeAt(next(lastDigits.length))
      into[into.length - 1] = 0x3d
      return
    case 'prefixed': {
      // Hexadecimal digits are base64 too: whichever the mark stands for, what follows it can be decoded.
      const prefix = prefixOf(ref)
      into.set(prefix)
      writeHex(next, into.subarray(prefix.length))
      return
    }
    case 'wide':
      writeWide(next, into)
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

function writeHex(next: Next, into: Uint8Array): void {
  for (let at = 0; at < into.length; at += 2) {
    const byte = letter(next)
    into[at] = hexDigits.charCodeAt(byte >> 4)
    into[at + 1] = hexDigits.charCodeAt(byte & 15)
  }
}

/** The first of the ideographs that are taken, of three bytes and of four, and how many of each there are at least. */
const ideographs = { three: 0x4e00, four: 0x20000, count: 0x5000 } as const

function writeWide(next: Next, into: Uint8Array): void {
  const whole = into.length - (into.length % wideGroup.bytes)
  for (let at = 0; at < whole; at += wideGroup.bytes) {
    write(ideographs.three + next(ideographs.count), into, at)
    write(ideographs.three + next(ideographs.count), into, at + 3)
    write(ideographs.four + next(ideographs.count), into, at + 6)
  }
  for (let at = whole; at < into.length; at++) into[at] = letter(next)
}

/** A character beyond U+07FF in UTF-8. */
function write(point: number, into: Uint8Array, from: number): void {
  let at = from
  if (point < 0x10000) into[at++] = 0xe0 | (point >> 12)
  else {
    into[at++] = 0xf0 | (point >> 18)
    into[at++] = 0x80 | ((point >> 12) & 0x3f)
  }
  into[at++] = 0x80 | ((point >> 6) & 0x3f)
  into[at] = 0x80 | (point & 0x3f)
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
