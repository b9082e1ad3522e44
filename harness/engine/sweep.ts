/** Bytes to look for, and what they tell of. */
export interface Needle<T> {
  readonly of: T
  readonly bytes: Uint8Array
}

/** Looks for any number of needles in one pass, whose cost hardly grows with their number. */
export interface Sweep<T> {
  /** @throws Error where it is too short to be told from chance */
  add(needle: Needle<T>): void
  /** Every place where a needle lies. */
  each(haystack: Uint8Array, found: (needle: Needle<T>, at: number) => void): void
  /** How many needles there are. */
  readonly size: number
}

/** The shortest needle. Bytes. */
export const shortest = 12
/** At every multiple of so many bytes a window of twice as many is looked at: each needle has one, wherever it lies. */
const step = 4

const hashOf = (low: number, high: number): number => Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)

const wordAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24) | 0

function isAt(haystack: Uint8Array, at: number, bytes: Uint8Array): boolean {
  if (at < 0 || at + bytes.length > haystack.length) return false
  for (let index = 0; index < bytes.length; index++) if (haystack[at + index] !== bytes[index]) return false
  return true
}

/**
 * An index of windows of the needles. What is swept is read word by word; only where a window is one of a needle's, its
 * bytes are compared. On machines that store the low byte first, as all that Node runs on do.
 * @param expected needles: with many more than that it is slower, and nothing else
 */
export function sweep<T>(expected: number): Sweep<T> {
  const slotBits = Math.min(20, Math.max(10, Math.ceil(Math.log2(expected * step))))
  const hashBits = slotBits + 4
  const needles: Needle<T>[] = []
  /** One bit for each hash of a window: most of what is swept is known by it to be nothing. */
  const seen = new Uint8Array(1 << (hashBits - 3))
  /** By slot, 1 + the last window that was put there; and of each window its words and 1 + the one before it there. */
  const heads = new Int32Array(1 << slotBits)
  let windows = new Int32Array(3 * 256)
  let count = 0

  const verify = (
    haystack: Uint8Array,
    at: number,
    hash: number,
    low: number,
    high: number,
    found: (needle: Needle<T>, at: number) => void,
  ) => {
    for (let next = heads[hash >>> (32 - slotBits)] ?? 0; next !== 0; ) {
      const window = next - 1
      next = windows[window * 3 + 2] ?? 0
      if (windows[window * 3] !== low || windows[window * 3 + 1] !== high) continue
      const needle = needles[(window / step) | 0]
      const start = at - (window % step)
      if (needle !== undefined && isAt(haystack, start, needle.bytes)) found(needle, start)
    }
  }
  return {
    get size() {
      return needles.length
    },
    add(needle) {
      const { bytes } = needle
      if (bytes.length < shortest) throw new Error(`a needle of ${bytes.length} bytes would be found by chance`)
      needles.push(needle)
      if ((count + step) * 3 > windows.length) {
        const more = new Int32Array(windows.length * 2)
        more.set(windows)
        windows = more
      }
      for (let offset = 0; offset < step; offset++) {
        const low = wordAt(bytes, offset)
        const high = wordAt(bytes, offset + step)
        const hash = hashOf(low, high)
        const bit = hash >>> (32 - hashBits)
        const slot = hash >>> (32 - slotBits)
        seen[bit >>> 3] = (seen[bit >>> 3] ?? 0) | (1 << (bit & 7))
        windows[count * 3] = low
        windows[count * 3 + 1] = high
        windows[count * 3 + 2] = heads[slot] ?? 0
        heads[slot] = ++count
      }
    },
    each(haystack, found) {
      if (needles.length === 0) return
      const skipped = (step - (haystack.byteOffset % step)) % step
      const words = (haystack.length - skipped) >> 2
      if (words < 2) return
      const view = new Int32Array(haystack.buffer, haystack.byteOffset + skipped, words)
      let low = view[0] ?? 0
      for (let index = 1; index < words; index++) {
        const high = view[index] as number
        const hash = hashOf(low, high)
        const bit = hash >>> (32 - hashBits)
        if (((seen[bit >>> 3] as number) & (1 << (bit & 7))) !== 0)
          verify(haystack, skipped + (index - 1) * step, hash, low, high, found)
        low = high
      }
    },
  }
}
