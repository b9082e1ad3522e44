import type { Files } from '../harness/contract/platforms/desktop.ts'
import { Refusal } from './failure.ts'

/** What there is a vault by. */
export const headerPath = 'header'
/** The header's name until the anchor is in the keyring: a vault that is not yet one. */
const unborn = 'header.new'
/** The header's name while a reset is under way: the vault is gone from the moment of this rename. */
const condemned = 'header.reset'
const entryPattern = /^entry-([0-9a-f]{64})\.(\d{1,16})$/
const manifestPattern = /^manifest\.(\d{1,16})$/
const stagedPattern = /^header\.(\d{1,16})$/

export const entryPath = (hash: string, version: number): string => `entry-${hash}.${version}`
export const manifestPath = (generation: number): string => `manifest.${generation}`
export const stagedHeaderPath = (generation: number): string => `header.${generation}`
/** Which entry and version this file holds; null where it holds none. */
export function entryAt(path: string): { readonly hash: string; readonly version: number } | null {
  const [, hash, version] = entryPattern.exec(path) ?? []
  return hash === undefined ? null : { hash, version: Number(version) }
}
export const isEntry = (path: string): boolean => entryPattern.test(path)
export const isManifest = (path: string): boolean => manifestPattern.test(path)
export const isStagedHeader = (path: string): boolean => stagedPattern.test(path)
const isOurs = (path: string) =>
  isEntry(path) || isManifest(path) || isStagedHeader(path) || path === unborn || path === condemned

export type NewFile = readonly [path: string, bytes: Uint8Array]

/**
 * The vault's folder as a whole. The header decides: with it there is a vault, without it there is none, so set-up
 * gives it its name last and reset takes it away first, and either is finished by the next set-up or reset after a crash.
 *
 * No other file is ever replaced: each version has a name of its own, and the anchor in the keyring says which count.
 */
export interface Folder {
  /**
   * The header, or null where the vault is not set up.
   * @throws Refusal `corrupt` where files of a vault are there and neither a header nor an unfinished set-up or reset.
   */
  header(): Promise<Uint8Array | null>
  /** @throws Refusal `not-set-up` where there is none. */
  requireHeader(): Promise<Uint8Array>
  /** Whether a set-up or a reset was begun and not finished. Where there is no header only. */
  unfinished(): Promise<boolean>
  /** Writes a new vault's header, not yet under its name, and its first manifest. */
  conceive(header: Uint8Array, manifest: NewFile): Promise<void>
  /** Gives it its name. */
  bear(): Promise<void>
  /** Gives a header that was staged its name. */
  promote(staged: string): Promise<void>
  /** Hides the header; false where there was none. */
  condemn(): Promise<boolean>
  /** Takes back a `condemn`. */
  pardon(): Promise<void>
  /** Removes everything but the header, and what a reset hid last. */
  clear(): Promise<void>
  /** Writes new files so that they are on disk when this resolves. Where it fails it leaves none of them. */
  add(files: readonly NewFile[]): Promise<void>
  /** Removes files, on disk too. */
  remove(paths: readonly string[]): Promise<void>
  list(): Promise<readonly string[]>
}

export function folder(files: Files): Folder {
  let settled = false
  const rename = async (from: string, to: string) => {
    await files.rename(from, to)
    await files.syncDirectory()
  }
  const remove = async (paths: readonly string[]) => {
    for (const path of paths) await files.remove(path)
    if (paths.length > 0) await files.syncDirectory()
  }
  const add = async (added: readonly NewFile[]) => {
    const begun: string[] = []
    try {
      for (const [path, bytes] of added) {
        begun.push(path)
        await files.write(path, bytes)
        await files.sync(path)
      }
      await files.syncDirectory()
    } catch (error) {
      // The reason of the failure is what the caller must hear of; what cannot be removed now is at the next unlock.
      // Backwards, so that what tells of a begun set-up goes last.
      for (const path of begun.reverse()) await files.remove(path).catch(() => undefined)
      throw error
    }
  }
  const readHeader = async () => {
    // What a killed process left may be seen and yet not be on disk: nothing is told of it before it is.
    if (!settled) await files.syncDirectory()
    settled = true
    const bytes = await files.read(headerPath)
    if (bytes !== null) return bytes
    const paths = await files.list()
    // Another process has just given it its name.
    if (paths.includes(headerPath)) return await files.read(headerPath)
    const begun = paths.includes(unborn) || paths.includes(condemned)
    if (!begun && paths.some(isOurs)) throw new Refusal('corrupt', { reason: 'the header is missing' })
    return null
  }
  return {
    header: readHeader,
    async requireHeader() {
      const bytes = await readHeader()
      if (bytes === null) throw new Refusal('not-set-up')
      return bytes
    },
    async unfinished() {
      const paths = await files.list()
      return paths.includes(unborn) || paths.includes(condemned)
    },
    conceive: (bytes, manifest) => add([[unborn, bytes], manifest]),
    bear: () => rename(unborn, headerPath),
    promote: (staged) => rename(staged, headerPath),
    async condemn() {
      if ((await files.read(headerPath)) === null) return false
      await rename(headerPath, condemned)
      return true
    },
    pardon: () => rename(condemned, headerPath),
    async clear() {
      const paths = await files.list()
      // What tells that something was begun goes last.
      const marks = [unborn, condemned]
      await remove(paths.filter((path) => isOurs(path) && !marks.includes(path)))
      await remove(paths.filter((path) => marks.includes(path)))
    },
    add,
    remove,
    list: () => files.list(),
  }
}
