import type { Files } from '../harness/contract/platforms/desktop.ts'
import { isEntry } from './entries.ts'
import { Refusal } from './failure.ts'
import { isLeftover, writeDurably } from './write-durably.ts'

const header = 'header'
/** The header's name while a reset is under way: the vault is gone from the moment of this rename. */
const condemned = 'header.reset'

/**
 * The vault's folder as a whole. The header decides: with it there is a vault, without it there is none, so set-up
 * writes it last and reset takes it away first, and either is finished by the next set-up or reset after a crash.
 */
export interface Folder {
  /**
   * The header, or null where the vault is not set up.
   * @throws Refusal `corrupt` where entries are there and neither a header nor an unfinished reset.
   */
  header(): Promise<Uint8Array | null>
  create(header: Uint8Array): Promise<void>
  /** Takes back a `create` that failed. */
  uncreate(): Promise<void>
  /** Hides the header; false where there was none. */
  condemn(): Promise<boolean>
  /** Takes back a `condemn`. */
  pardon(): Promise<void>
  /** Removes entries, left-overs and what a reset hid. Only where there is no header. */
  clear(): Promise<void>
  /** Removes what writes that were cut short left. */
  tidy(): Promise<void>
}

export function folder(files: Files): Folder {
  let settled = false
  const removeAll = async (paths: readonly string[]) => {
    for (const path of paths) await files.remove(path)
    if (paths.length > 0) await files.syncDirectory()
  }
  return {
    async header() {
      // What a killed process left may be seen and yet not be on disk: nothing is told of it before it is.
      if (!settled) await files.syncDirectory()
      settled = true
      const bytes = await files.read(header)
      if (bytes !== null) return bytes
      const paths = await files.list()
      if (paths.some(isEntry) && !paths.includes(condemned))
        throw new Refusal('corrupt', { reason: 'the header is missing' })
      return null
    },
    create: (bytes) => writeDurably(files, header, bytes),
    async uncreate() {
      if ((await files.list()).includes(header)) await removeAll([header])
    },
    async condemn() {
      if ((await files.read(header)) === null) return false
      await files.rename(header, condemned)
      await files.syncDirectory()
      return true
    },
    async pardon() {
      await files.rename(condemned, header)
      await files.syncDirectory()
    },
    async clear() {
      const paths = await files.list()
      await removeAll(paths.filter((path) => isEntry(path) || isLeftover(path)))
      await removeAll(paths.filter((path) => path === condemned))
    },
    async tidy() {
      await removeAll((await files.list()).filter(isLeftover))
    },
  }
}
