import type { Control } from '../../harness/contract/controls.ts'
import { type Files, FilesError } from '../../harness/contract/platforms/desktop.ts'
import type { Seam } from '../simulation/seam.ts'

/** What unsynced work loses when the power is cut. */
export type Loses = Extract<Control, { control: 'cut-power' }>['loses']

/** A disk behind a cache: what is written is seen at once, and survives a power cut only when synced. */
export interface Disk {
  /** A folder by name, made on first use. */
  folder(name: string): Files
  cutPower(loses: Loses): void
  /** Everything reaches the disk, as when a machine stops in good order. */
  flush(): void
  /** What a reader of the running machine would find in a folder. */
  contents(folder: string): IterableIterator<readonly [name: string, bytes: Uint8Array]>
  /** Puts files in place of all that a folder holds, durably and behind the back of whoever uses it. */
  replace(folder: string, files: ReadonlyMap<string, Uint8Array>): void
  remove(folder: string): void
  clear(): void
}

/** A file's content apart from its names. In good state both layers hold the very same bytes. */
interface Content {
  cached: Uint8Array
  synced: Uint8Array | null
}
interface Folder {
  cached: Map<string, Content>
  durable: Map<string, Content>
  /** Who holds which lock, by the life of the process: who has died meanwhile holds nothing. */
  readonly locks: Map<string, { readonly life: number }>
}
const newFolder = (): Folder => ({ cached: new Map(), durable: new Map(), locks: new Map() })
const empty = new Uint8Array(0)

const noSuchFile = (doing: string, path: string) =>
  new FilesError('failed', `cannot ${doing} '${path}': the simulated disk has no such file`)

const cut = (folder: Folder, loses: Loses) => {
  // In `contents` every change of names reached the disk, in `all` only the synced ones did.
  if (loses === 'contents') folder.durable = new Map(folder.cached)
  else folder.cached = new Map(folder.durable)
  for (const content of folder.cached.values()) {
    if (content.cached === content.synced) continue
    content.cached = loses === 'contents' ? empty : (content.synced ?? empty)
    content.synced = content.cached
  }
}

const filesOf = (folder: () => Folder, seam: Seam): Files => ({
  read: (path) =>
    seam.pass(() => {
      const content = folder().cached.get(path)
      return content === undefined ? null : new Uint8Array(content.cached)
    }),
  write: (path, bytes) => {
    const copy = new Uint8Array(bytes)
    return seam.pass(() => {
      const content = folder().cached.get(path)
      if (content === undefined) folder().cached.set(path, { cached: copy, synced: null })
      else content.cached = copy
    })
  },
  sync: (path) =>
    seam.pass(() => {
      const content = folder().cached.get(path)
      if (content === undefined) throw noSuchFile('sync', path)
      content.synced = content.cached
    }),
  rename: (from, to) =>
    seam.pass(() => {
      const content = folder().cached.get(from)
      if (content === undefined) throw noSuchFile('rename', from)
      folder().cached.delete(from)
      folder().cached.set(to, content)
    }),
  remove: (path) =>
    seam.pass(() => {
      folder().cached.delete(path)
    }),
  list: () => seam.pass(() => [...folder().cached.keys()]),
  syncDirectory: () =>
    seam.pass(() => {
      const now = folder()
      now.durable = new Map(now.cached)
    }),
  // Nobody waits: on this device there is one process at a time.
  lock: (path) =>
    seam.pass(() => {
      const { cached, locks } = folder()
      const mine = { life: seam.generation() }
      if (locks.get(path)?.life === mine.life) return null
      if (!cached.has(path)) cached.set(path, { cached: empty, synced: null })
      locks.set(path, mine)
      return {
        release: () =>
          seam.pass(() => {
            if (locks.get(path) !== mine) return
            folder().cached.delete(path)
            locks.delete(path)
          }),
      }
    }),
})

/** Makes an empty disk whose every access passes the seam. */
export const createDisk = (seam: Seam): Disk => {
  const folders = new Map<string, Folder>()
  const folderOf = (name: string): Folder => {
    let folder = folders.get(name)
    if (folder === undefined) {
      folder = newFolder()
      folders.set(name, folder)
    }
    return folder
  }
  return {
    folder: (name) => filesOf(() => folderOf(name), seam),
    cutPower(loses) {
      for (const folder of folders.values()) cut(folder, loses)
    },
    flush() {
      for (const folder of folders.values()) {
        folder.durable = new Map(folder.cached)
        for (const content of folder.cached.values()) content.synced = content.cached
      }
    },
    *contents(name) {
      for (const [path, content] of folders.get(name)?.cached ?? []) yield [path, content.cached]
    },
    replace(name, files) {
      const folder = folderOf(name)
      folder.cached = new Map([...files].map(([path, bytes]) => [path, { cached: bytes, synced: bytes }]))
      folder.durable = new Map(folder.cached)
    },
    remove(name) {
      folders.delete(name)
    },
    clear() {
      if (folders.size > 0) folders.clear()
    },
  }
}
