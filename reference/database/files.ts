import type { Files } from '../../harness/contract/platforms/desktop.ts'
import { Refusal } from '../failure.ts'
import { headPath, isDatabase, stagedHeadPath } from './head.ts'

/** The head, while a reset is under way: the vault is gone from the moment of this rename. */
const condemned = 'database.head-reset'
const isOurs = (path: string) => isDatabase(path) || path === stagedHeadPath || path === condemned

/**
 * The vault's folder. The head decides: with it there is a vault, without it there is none, so set-up gives it its name
 * last and reset takes it away first, and either is finished by the next set-up or reset after a crash.
 */
export interface DatabaseFiles {
  /**
   * Null where the vault is not set up.
   * @throws Refusal `missing` where there is a database and neither a head nor an unfinished set-up or reset.
   */
  head(): Promise<Uint8Array | null>
  /** Whether a set-up or a reset was begun and not finished. Where there is no head only. */
  unfinished(): Promise<boolean>
  staged(): Promise<Uint8Array | null>
  /** Writes the next head, on disk when this resolves, under a name that does not count. */
  stage(head: Uint8Array): Promise<void>
  unstage(): Promise<void>
  /** Gives the staged head its name. */
  promote(): Promise<void>
  /** Makes an empty file that is its owner's alone: a database takes its place, and what is made beside it has its mode. */
  make(path: string): Promise<void>
  /** On disk, with its name. */
  settle(path: string): Promise<void>
  /** Removes a database with all that was made beside it. */
  drop(path: string): Promise<void>
  condemn(): Promise<void>
  /** Removes everything but the head, and what tells of an unfinished set-up or reset last. */
  clear(): Promise<void>
}

export function databaseFiles(files: Files): DatabaseFiles {
  const rename = async (from: string, to: string) => {
    await files.rename(from, to)
    await files.syncDirectory()
  }
  const remove = async (paths: readonly string[]) => {
    for (const path of paths) await files.remove(path)
    if (paths.length > 0) await files.syncDirectory()
  }
  const write = async (path: string, bytes: Uint8Array) => {
    await files.write(path, bytes)
    await files.sync(path)
    await files.syncDirectory()
  }
  const begun = (paths: readonly string[]) => paths.includes(stagedHeadPath) || paths.includes(condemned)
  return {
    async head() {
      const bytes = await files.read(headPath)
      if (bytes !== null) return bytes
      const paths = await files.list()
      if (!begun(paths) && paths.some(isDatabase))
        throw new Refusal('missing', { reason: 'the head of the database is gone' })
      return null
    },
    unfinished: async () => begun(await files.list()),
    staged: () => files.read(stagedHeadPath),
    stage: (head) => write(stagedHeadPath, head),
    unstage: () => remove([stagedHeadPath]),
    promote: () => rename(stagedHeadPath, headPath),
    make: (path) => write(path, new Uint8Array(0)),
    async settle(path) {
      await files.sync(path)
      await files.syncDirectory()
    },
    async drop(path) {
      await remove((await files.list()).filter((other) => other.startsWith(path) && isDatabase(other)))
    },
    condemn: () => rename(headPath, condemned),
    async clear() {
      const paths = await files.list()
      const marks = [stagedHeadPath, condemned]
      await remove(paths.filter((path) => isOurs(path) && !marks.includes(path)))
      await remove(paths.filter((path) => marks.includes(path)))
    },
  }
}
