import { readdir, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where images and the disks of runs are kept: one place for all checkouts of a person. */
export const cacheFolder = (env: Readonly<Record<string, string | undefined>> = process.env): string =>
  env.HOLDFAST_CACHE ?? join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'holdfast', 'vm')

/** One thing in the cache: an image by its content hash, or the folder of a run. `bytes` are those that it takes on disk. */
export interface Cached {
  readonly name: string
  readonly bytes: number
}

/** What a file or a folder takes on the disk; files with holes take less than their length. */
const bytesOnDisk = async (path: string): Promise<number> => {
  const seen = await stat(path)
  const within = seen.isDirectory() ? await readdir(path) : []
  const sizes = await Promise.all(within.map((name) => bytesOnDisk(join(path, name))))
  return sizes.reduce((sum, size) => sum + size, seen.blocks * 512)
}

const namesIn = async (folder: string): Promise<readonly string[]> => {
  try {
    return (await readdir(folder)).sort()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** All that the cache holds. */
export const listCache = async (folder: string): Promise<readonly Cached[]> =>
  Promise.all((await namesIn(folder)).map(async (name) => ({ name, bytes: await bytesOnDisk(join(folder, name)) })))

/** Removes the cache with all in it. */
export const clearCache = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true })
