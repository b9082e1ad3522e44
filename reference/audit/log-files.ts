import type { Files } from '../../harness/contract/platforms/desktop.ts'

/** Entries of a full file. The last file is written anew with each append, so it must not grow. */
export const entriesPerFile = 256

/** Files open at once, at most. */
const readsAtOnce = 32

/** The files of a log all begin with this. */
export const filePrefix = 'audit-'
const nameOf = (first: number, end: number): string => `${filePrefix}${first}.${end}`

/** The files that a log of so many entries is in: the size alone says it. */
export function filesOf(size: number): readonly string[] {
  const full = Math.floor(size / entriesPerFile)
  const names = Array.from({ length: full }, (_, index) => nameOf(index * entriesPerFile, (index + 1) * entriesPerFile))
  return size % entriesPerFile === 0 ? names : [...names, nameOf(full * entriesPerFile, size)]
}

/** The lines of a log of so many entries, file by file, as far as its files are there. */
export async function* readFiles(files: Files, size: number): AsyncGenerator<Uint8Array> {
  const names = filesOf(size)
  for (let at = 0; at < names.length; at += readsAtOnce) {
    const some = await Promise.all(names.slice(at, at + readsAtOnce).map((name) => files.read(name)))
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
 * Writes what a log that grows gets, beside what counts until now: the last file anew, and those after it. Durable.
 * @param tail the lines of the last file, as far as it was not full, and all new ones
 */
export async function writeTail(files: Files, before: number, tail: readonly string[]): Promise<void> {
  const start = before - (before % entriesPerFile)
  for (let at = 0; at < tail.length; at += entriesPerFile) {
    const lines = tail.slice(at, at + entriesPerFile)
    const name = nameOf(start + at, start + at + lines.length)
    await files.write(name, Buffer.from(lines.map((line) => `${line}\n`).join('')))
    await files.sync(name)
  }
  await files.syncDirectory()
}

/** Removes what does not count: of an append that was cut short, or that another replaced. */
export async function removeOthers(files: Files, size: number): Promise<void> {
  const counts = new Set(filesOf(size))
  const others = (await files.list()).filter((name) => name.startsWith(filePrefix) && !counts.has(name))
  for (const name of others) await files.remove(name)
  if (others.length > 0) await files.syncDirectory()
}
