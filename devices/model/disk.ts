import type { Control } from '../../harness/contract/controls.ts'
import { type Files, FilesError, type HeldLock } from '../../harness/contract/platforms/desktop.ts'
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
  readonly locks: Map<string, Holder>
}
interface Holder {
  readonly life: number
  /** Those who wait for their turn, in the order of asking. */
  readonly waiting: ((held: HeldLock) => void)[]
}
/** Calls back once a wait has been long enough; the returned function takes that back. */
type Patience = (over: () => void) => () => void
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

const lockOf = (folder: () => Folder, seam: Seam, patience: Patience | null): Files['lock'] => {
  const heldBy = (path: string, mine: Holder): HeldLock => ({
    release: () =>
      seam.pass(() => {
        const { cached, locks } = folder()
        if (locks.get(path) !== mine) return
        const next = mine.waiting.shift()
        if (next === undefined) {
          cached.delete(path)
          locks.delete(path)
          return
        }
        const theirs: Holder = { ...mine }
        locks.set(path, theirs)
        next(heldBy(path, theirs))
      }),
  })
  const turn = ({ waiting }: Holder) =>
    new Promise<HeldLock | null>((resolve) => {
      const mine = (held: HeldLock) => {
        stop?.()
        resolve(held)
      }
      waiting.push(mine)
      const stop = patience?.(() => {
        waiting.splice(waiting.indexOf(mine), 1)
        resolve(null)
      })
    })
  return (path) =>
    seam.pass(() => {
      const { cached, locks } = folder()
      const life = seam.generation()
      const holder = locks.get(path)
      if (holder?.life === life) return patience === null ? null : turn(holder)
      if (!cached.has(path)) cached.set(path, { cached: empty, synced: null })
      const mine: Holder = { life, waiting: [] }
      locks.set(path, mine)
      return heldBy(path, mine)
    })
}

const filesOf = (folder: () => Folder, seam: Seam, patience: Patience | null): Files => ({
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
  lock: lockOf(folder, seam, patience),
})

/** Makes an empty disk whose every access passes the seam. Without patience nobody waits for a lock. */
export const createDisk = (seam: Seam, patience: Patience | null = null): Disk => {
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
    folder: (name) => filesOf(() => folderOf(name), seam, patience),
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
