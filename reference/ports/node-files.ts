import { constants, readFile } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { type Files, FilesError } from '../../harness/contract/platforms/desktop.ts'
import { lockFile } from './file-lock.ts'

const { O_CREAT, O_WRONLY, O_TRUNC } = constants
// Not there on Windows, where it is not needed.
const noFollow = constants.O_NOFOLLOW ?? 0
const ownerOnly = 0o600
const ownerOnlyFolder = 0o700
// A third less work than that of node:fs/promises, which opens a handle for each file.
const contentOf = promisify(readFile)
const isWindows = process.platform === 'win32'

/** What the system says by number; what it says in words is not read. */
const kinds: Readonly<Record<string, FilesError['kind']>> = {
  ENOSPC: 'no-space',
  EDQUOT: 'no-space',
  EFBIG: 'no-space',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'denied',
}
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

async function told<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const code = codeOf(error)
    throw new FilesError(kinds[code] ?? 'failed', `could not ${what}: ${code}`, { cause: error })
  }
}
/** The same, with an answer for a file that is not there. */
async function orAbsent<T>(what: string, work: Promise<T>, absent: T): Promise<T> {
  return told(
    what,
    work.catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return absent
      throw error
    }),
  )
}

async function synced(path: string, flags: number | string): Promise<void> {
  await using handle: FileHandle = await open(path, flags)
  await handle.sync()
}

/**
 * Files in one folder, which is created at the first write. Files are the owner's alone from birth. On macOS a sync
 * reaches the medium too (Node asks for F_FULLFSYNC).
 */
export function nodeFiles(directory: string): Files {
  let made: Promise<void> | null = null
  const make = async () => {
    const first = await mkdir(directory, { recursive: true, mode: ownerOnlyFolder })
    // The folders that were made are entries of their parents, and have to survive too.
    if (first === undefined || isWindows) return
    for (let at = directory; at.length >= first.length; at = dirname(at)) await synced(dirname(at), 'r')
  }
  const at = (path: string): string => {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(path)) throw new FilesError('failed', 'not a plain file name')
    return join(directory, path)
  }
  const there = async () => {
    made ??= make()
    try {
      await made
    } catch (error) {
      made = null
      throw error
    }
  }
  const write = async (path: string, bytes: Uint8Array) => {
    await there()
    await using handle = await open(path, O_CREAT | O_WRONLY | O_TRUNC | noFollow, ownerOnly)
    if (!isWindows) await handle.chmod(ownerOnly)
    await handle.writeFile(bytes)
  }
  return {
    read: async (path) => orAbsent('read a file', contentOf(at(path)), null as Uint8Array | null),
    write: async (path, bytes) => told('write a file', write(at(path), bytes)),
    // Windows flushes only what is open for writing.
    sync: async (path) => told('sync a file', synced(at(path), 'r+')),
    rename: async (from, to) => told('rename a file', rename(at(from), at(to))),
    remove: async (path) => told('remove a file', rm(at(path), { force: true })),
    list: async () => orAbsent('list the folder', readdir(directory), [] as string[]),
    // Windows has no such thing; there the file system's own journal orders names.
    syncDirectory: async () =>
      isWindows ? undefined : orAbsent('sync the folder', synced(resolve(directory), 'r'), undefined),
    lock: async (path) =>
      told(
        'lock a file',
        there().then(() => lockFile(at(path))),
      ),
  }
}
