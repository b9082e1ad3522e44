import type { Files } from '../../harness/contract/platforms/desktop.ts'

/** Entries of a full file. The last file is written anew with each append, so it must not grow. */
export const entriesPerFile = 256
/** Entries of a volume, which takes the place of so many full files: what reading a file costs besides is that of many lines. */
export const entriesPerVolume = 16 * entriesPerFile

/** Files open at once, at most. */
const readsAtOnce = 8

/** The files of a log all begin with this. */
export const filePrefix = 'audit-'
const nameOf = (first: number, end: number): string => `${filePrefix}${first}.${end}`

/** Entries from `first` to before `end`. */
interface LogFile {
  readonly name: string
  readonly first: number
  readonly end: number
}

/** The files that a log of so many entries is in, in order: the size alone says it. */
function filesOf(size: number): readonly LogFile[] {
  const all: LogFile[] = []
  let first = 0
  for (const length of [entriesPerVolume, entriesPerFile, size % entriesPerFile])
    for (; length > 0 && first + length <= size; first += length)
      all.push({ name: nameOf(first, first + length), first, end: first + length })
  return all
}

/** The lines of a log of so many entries, file by file, as far as its files are there. */
export async function* readFiles(files: Files, size: number): AsyncGenerator<Uint8Array> {
  const all = filesOf(size)
  for (let at = 0; at < all.length; at += readsAtOnce) {
    const some = await Promise.all(all.slice(at, at + readsAtOnce).map(({ name }) => files.read(name)))
    for (const bytes of some) if (bytes !== null) yield bytes
  }
}

/** The same in one piece. */
export async function readLines(files: Files, size: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const bytes of readFiles(files, size)) parts.push(bytes)
  return Buffer.concat(parts)
}

/**
 * Writes what a log that grows gets, beside what counts until now: the files that it did not have before. Durable.
 * @param tail the lines after the last volume, as far as the log went, and all new ones
 */
export async function writeTail(files: Files, before: number, tail: readonly string[]): Promise<void> {
  const start = before - (before % entriesPerVolume)
  const there = new Set(filesOf(before).map(({ name }) => name))
  for (const { name, first, end } of filesOf(start + tail.length)) {
    if (there.has(name)) continue
    const lines = tail.slice(first - start, end - start)
    await files.write(name, Buffer.from(lines.map((line) => `${line}\n`).join('')))
    await files.sync(name)
  }
  await files.syncDirectory()
}

/** Removes what does not count: of an append that was cut short, or that another replaced. */
export async function removeOthers(files: Files, size: number): Promise<void> {
  const counts = new Set(filesOf(size).map(({ name }) => name))
  const others = (await files.list()).filter((name) => name.startsWith(filePrefix) && !counts.has(name))
  for (const name of others) await files.remove(name)
  if (others.length > 0) await files.syncDirectory()
}
