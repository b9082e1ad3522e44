import type { Needle } from './needles.ts'

/** Looks for many needles in one pass over a chunk, whose cost does not grow with their number. */
export interface Search {
  /** Bytes of the longest needle. */
  readonly longest: number
  /** Every needle that starts in [from, to) and lies within the chunk, whose memory begins at a multiple of 8. */
  each(chunk: Uint8Array, from: number, to: number, found: (needle: Needle, at: number) => void): void
}

/** Bytes that are looked at together, at every multiple of as many: each needle has such eight wherever it lies. */
const step = 8
/** So needles of at least this many bytes are looked for together; shorter ones, down to the shortest, one by one. */
const together = step * 2 - 1
const shortest = 12
const tableBits = 18

interface Place {
  readonly needle: Needle
  readonly offset: number
}

export function searchFor(needles: readonly Needle[]): Search {
  // Says which eights are worth a second look.
  const table = new Uint8Array(2 ** tableBits)
  const places = new Map<number, Map<number, Place[]>>()
  const short: Needle[] = []
  for (const needle of needles) {
    const { bytes } = needle
    if (bytes.length < shortest)
      throw new Error(`'${needle.what}' as ${needle.encoding} is shorter than ${shortest} bytes`)
    if (bytes.length < together) {
      short.push(needle)
      continue
    }
    for (let offset = 0; offset < step; offset++) {
      const low = bytes.readInt32LE(offset)
      const high = bytes.readInt32LE(offset + 4)
      table[slotOf(low, high)] = 1
      const same = places.get(low) ?? new Map<number, Place[]>()
      places.set(low, same)
      const here = same.get(high)
      if (here === undefined) same.set(high, [{ needle, offset }])
      else here.push({ needle, offset })
    }
  }
  const longest = needles.reduce((most, { bytes }) => Math.max(most, bytes.length), 0)
  return {
    longest,
    each(chunk, from, to, found) {
      for (const needle of short) eachOf(needle, chunk, from, to, found)
      if (short.length === needles.length) return
      const words = new Int32Array(chunk.buffer, chunk.byteOffset, chunk.length >> 2)
      const end = Math.min(words.length - 1, (to + step + 3) >> 2)
      for (let at = (from >> 3) << 1; at < end; at += 2) {
        const low = words[at] as number
        const high = words[at + 1] as number
        if (table[slotOf(low, high)] === 0) continue
        for (const { needle, offset } of places.get(low)?.get(high) ?? []) {
          const start = at * 4 - offset
          if (start >= from && start < to && isAt(chunk, start, needle.bytes)) found(needle, start)
        }
      }
    },
  }
}

const slotOf = (low: number, high: number) =>
  (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> (32 - tableBits)

function eachOf(
  needle: Needle,
  chunk: Uint8Array,
  from: number,
  to: number,
  found: (needle: Needle, at: number) => void,
): void {
  const whole = Buffer.from(chunk.buffer, chunk.byteOffset, Math.min(chunk.length, to + needle.bytes.length - 1))
  for (let at = whole.indexOf(needle.bytes, from); at !== -1; at = whole.indexOf(needle.bytes, at + 1))
    found(needle, at)
}

function isAt(chunk: Uint8Array, start: number, bytes: Buffer): boolean {
  if (start + bytes.length > chunk.length) return false
  for (let at = 0; at < bytes.length; at++) if (chunk[start + at] !== bytes[at]) return false
  return true
}
