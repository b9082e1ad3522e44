import { encodingsOf } from './encodings.ts'

/** What lay in the vault's files when a write of this value was acknowledged. */
export interface Sealing {
  readonly name: string
  readonly value: Buffer
  readonly files: readonly Buffer[]
  /** Those of them that the write made or changed. */
  readonly changed: readonly Buffer[]
}

/** Pairs of writes that were compared, and in how many of them the files told something of the values. */
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

/** Files that may hold the value as a ciphertext: long enough, and without the value as it is, which is told elsewhere. */
function sealedIn(files: readonly Buffer[], value: Buffer): readonly Buffer[] {
  const plain = encodingsOf(value.subarray(0, enough)).map(({ bytes }) => bytes)
  return files.filter((file) => file.length >= value.length && !plain.some((bytes) => file.includes(bytes)))
}

function difference(a: Buffer, b: Buffer): Buffer {
  const length = Math.min(a.length, b.length)
  const mixed = Buffer.allocUnsafe(length)
  for (let at = 0; at < length; at++) mixed[at] = (a[at] ?? 0) ^ (b[at] ?? 0)
  return mixed
}

/** A piece of how two values differ that is found nowhere by chance; null where they are too much alike. */
function tellingPiece(values: Buffer): Buffer | null {
  for (let at = 0; at + enough <= values.length; at++) {
    const piece = values.subarray(at, at + enough)
    if (piece.reduce((sum, byte) => sum + (byte === 0 ? 0 : 1), 0) >= enough - 4) return piece
  }
  return null
}

/** Whether two files hold values that were added to the same keystream. */
function shares(one: Sealing, other: Sealing): boolean {
  const piece = tellingPiece(difference(one.value, other.value))
  if (piece === null) return false
  const [left, right] = [one, other].map(({ changed, value }) => sealedIn(changed, value).flatMap(viewsOf))
  return (left ?? []).some((a) => (right ?? []).some((b) => difference(a, b).includes(piece)))
}

/** Pieces that together cover the run. */
const partsOf = (run: Buffer): readonly Buffer[] => [
  ...Array.from({ length: Math.floor(run.length / enough) }, (_, index) =>
    run.subarray(index * enough, (index + 1) * enough),
  ),
  run.subarray(-enough),
]

/** Whether bytes as long as the value came back with it, that were not there while the entry held another one. */
function repeats(one: Sealing, between: Sealing, other: Sealing): boolean {
  const [before, meanwhile, after] = [one, between, other].map(({ files }) => files)
  const was = sealedIn(before ?? [], one.value)
  const is = sealedIn(after ?? [], one.value)
  const size = one.value.length
  for (const file of was)
    for (let at = 0; at + size <= file.length; at++) {
      const run = file.subarray(at, at + size)
      if (!is.some((bytes) => bytes.includes(run))) continue
      if (!partsOf(run).some((part) => (meanwhile ?? []).some((bytes) => bytes.includes(part)))) return true
    }
  return false
}

/**
 * Compares what lay in the files after each write with what lay there after the others. What a cipher makes with one key
 * and a nonce of its own tells nothing of the value, nor of two values together.
 */
export function compareCiphertexts(sealings: readonly Sealing[]): Compared {
  let pairs = 0
  let sharing = 0
  let repeated = 0
  for (const [index, one] of sealings.entries())
    for (const [later, other] of sealings.slice(index + 1).entries()) {
      const holds = ({ changed, value }: Sealing) => changed.some((file) => file.length >= value.length)
      if (!holds(one) || !holds(other)) continue
      if (!one.value.equals(other.value)) {
        pairs++
        if (shares(one, other)) sharing++
        continue
      }
      // With nothing between, equal bytes may be whatever stays in the files of this vault.
      const between = sealings
        .slice(index + 1, index + 1 + later)
        .find(({ name, value }) => name === one.name && !value.equals(one.value))
      if (one.name !== other.name || between === undefined) continue
      pairs++
      if (repeats(one, between, other)) repeated++
    }
  return { pairs, sharing, repeated }
}
