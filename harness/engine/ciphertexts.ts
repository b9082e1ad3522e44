/** What lay in the vault's files when a write of this value was acknowledged: those that it made or changed. */
export interface Sealing {
  readonly value: Buffer
  readonly files: readonly Buffer[]
}

/** Pairs of writes whose files were compared, and in how many of them the ciphertexts told something of the values. */
export interface Compared {
  readonly pairs: number
  /** The two differ exactly as their values do: both were added to one keystream. */
  readonly sharing: number
  /** The same value, and the same bytes as long as it. */
  readonly repeated: number
}

/** Bytes that agree by no chance. */
const enough = 16
/** Shorter values are not told from what else stands in a file: a tag, a digest of the value. */
export const leastCompared = 48

/** Runs of text that hold bytes in another form, as files of JSON do. */
const runs: readonly (readonly [pattern: RegExp, encoding: 'hex' | 'base64'])[] = [
  [/[0-9a-fA-F]{96,}/g, 'hex'],
  [/[A-Za-z0-9+/_-]{64,}={0,2}/g, 'base64'],
]

/** A file's bytes, and those that it holds as text. */
function viewsOf(file: Buffer): readonly Buffer[] {
  const text = file.toString('latin1')
  const decoded = runs.flatMap(([pattern, encoding]) =>
    [...text.matchAll(pattern)].map(([run]) => Buffer.from(run, encoding)),
  )
  return [file, ...decoded]
}

function difference(a: Buffer, b: Buffer): Buffer {
  const length = Math.min(a.length, b.length)
  const mixed = Buffer.allocUnsafe(length)
  for (let at = 0; at < length; at++) mixed[at] = (a[at] ?? 0) ^ (b[at] ?? 0)
  return mixed
}

/** A piece of how two values differ that is found nowhere by chance; null where they are too much alike. */
function tellingPiece(values: Buffer): { readonly at: number; readonly piece: Buffer } | null {
  for (let at = 0; at + enough <= values.length; at++) {
    const piece = values.subarray(at, at + enough)
    if (piece.reduce((sum, byte) => sum + (byte === 0 ? 0 : 1), 0) >= enough - 4) return { at, piece }
  }
  return null
}

/** Whether two files hold values that were added to the same keystream, and not the values as they are. */
function shares(one: Sealing, other: Sealing, a: Buffer, b: Buffer): boolean {
  const told = tellingPiece(difference(one.value, other.value))
  if (told === null) return false
  const { at, piece } = told
  const files = difference(a, b)
  for (let found = files.indexOf(piece); found !== -1; found = files.indexOf(piece, found + 1)) {
    const inClear = a.subarray(found, found + enough).equals(one.value.subarray(at, at + enough))
    if (!inClear) return true
  }
  return false
}

/** Pieces that together cover the run. */
const partsOf = (run: Buffer): readonly Buffer[] => [
  ...Array.from({ length: Math.floor(run.length / enough) }, (_, index) =>
    run.subarray(index * enough, (index + 1) * enough),
  ),
  run.subarray(-enough),
]

/** Whether two files hold the same bytes, as long as the value, that no file of another value holds. */
function repeats(value: Buffer, a: Buffer, b: Buffer, others: readonly Buffer[]): boolean {
  for (let at = 0; at + value.length <= a.length; at++) {
    const run = a.subarray(at, at + value.length)
    if (!b.includes(run) || run.includes(value.subarray(0, enough))) continue
    if (!partsOf(run).some((part) => others.some((file) => file.includes(part)))) return true
  }
  return false
}

/**
 * Compares what lay in the files after each write with what lay there after the others. What a cipher makes with one key
 * and a nonce of its own tells nothing of the value, nor of two values together.
 */
export function compareCiphertexts(sealings: readonly Sealing[]): Compared {
  const seen = sealings.map((sealing) => ({ sealing, views: sealing.files.flatMap(viewsOf) }))
  let pairs = 0
  let sharing = 0
  let repeated = 0
  for (const [index, one] of seen.entries())
    for (const other of seen.slice(index + 1)) {
      const left = one.views.filter(({ length }) => length >= one.sealing.value.length)
      const right = other.views.filter(({ length }) => length >= other.sealing.value.length)
      if (left.length === 0 || right.length === 0) continue
      const same = one.sealing.value.equals(other.sealing.value)
      const others = same
        ? seen.filter(({ sealing }) => !sealing.value.equals(one.sealing.value)).flatMap(({ views }) => views)
        : []
      // With nothing to compare them to, equal bytes may be whatever every file of this vault holds.
      if (same && others.length === 0) continue
      pairs++
      const any = (agree: (a: Buffer, b: Buffer) => boolean) => left.some((a) => right.some((b) => agree(a, b)))
      if (same) repeated += any((a, b) => repeats(one.sealing.value, a, b, others)) ? 1 : 0
      else sharing += any((a, b) => shares(one.sealing, other.sealing, a, b)) ? 1 : 0
    }
  return { pairs, sharing, repeated }
}
