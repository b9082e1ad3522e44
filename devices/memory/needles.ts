import type { Encoded, Sought } from '../../harness/contract/device.ts'

/** Bytes to look for. */
export interface Needle {
  /** Which secret: a label, never its bytes. */
  readonly what: string
  readonly encoding: string
  readonly bytes: Buffer
}
/**
 * Bytes of a piece. Freed memory loses its beginning first, since the allocator keeps its links there: a copy is looked
 * for by its pieces.
 */
const pieceSize = 16
/** Fewer bytes would be found by chance. */
const leastSize = 12

/** A number for each byte, as bridges and script engines hold arrays; small integers of V8 are the upper half of a word. */
function asNumbers(secret: Buffer): readonly Encoded[] {
  const wide = Buffer.alloc(secret.length * 2)
  const int32 = Buffer.alloc(secret.length * 4)
  const words = Buffer.alloc(secret.length * 8)
  const doubles = Buffer.alloc(secret.length * 8)
  secret.forEach((byte, index) => {
    wide[index * 2] = byte
    int32[index * 4] = byte
    words[index * 8] = byte
    doubles.writeDoubleLE(byte, index * 8)
  })
  const list = [...secret].join(',')
  return [
    { encoding: 'int16 array', bytes: wide },
    { encoding: 'int32 array', bytes: int32 },
    { encoding: 'word array', bytes: words },
    { encoding: 'double array', bytes: doubles },
    { encoding: 'JSON numbers', bytes: Buffer.from(list) },
  ]
}

/** Needles for a secret of at least 12 bytes: its pieces, in the encodings given and as arrays of numbers. */
export function needlesFor(
  what: string,
  secret: Uint8Array,
  encodings: (piece: Buffer) => readonly Encoded[],
): readonly Needle[] {
  if (secret.length < leastSize) throw new Error(`'${what}' has ${secret.length} bytes: too few to be told from chance`)
  const whole = Buffer.from(secret)
  const found: Needle[] = []
  for (let at = 0; at < whole.length; at += pieceSize) {
    const from = Math.max(0, Math.min(at, whole.length - pieceSize))
    const piece = whole.subarray(from, from + pieceSize)
    for (const { encoding, bytes } of [...encodings(piece), ...asNumbers(piece)])
      if (!isLossy(bytes)) found.push({ what, encoding, bytes })
  }
  return found
}

/** Bytes of a secret that are looked for: what is found of a long one is found by its beginning. */
const most = 256

/** Needles for all that is sought. */
export const needlesOf = (
  sought: readonly Sought[],
  encodings: (piece: Buffer) => readonly Encoded[],
): readonly Needle[] => sought.flatMap(({ what, bytes }) => needlesFor(what, bytes.subarray(0, most), encodings))

/** A key is no text: what decoding it as such gives is marks of replacement, which are found everywhere. */
const isLossy = (bytes: Buffer): boolean => replacements.some((mark) => bytes.includes(mark))
const replacements = [Buffer.from('\ufffd', 'utf8'), Buffer.from('\ufffd', 'utf16le')]
