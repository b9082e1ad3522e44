import type { DesktopPorts, KeyringItem } from '../harness/contract/platforms/desktop.ts'
import type { Alone } from './alone.ts'
import { type Anchor, type AnchorChanges, fetchAnchor } from './anchor.ts'
import type { Commits } from './commits.ts'
import { Refusal } from './failure.ts'
import { type Folder, headerPath, manifestPath, type NewFile } from './folder.ts'
import { decodeHeader, digestOf, type Header } from './header.ts'
import type { Keys } from './keys.ts'
import type { Rows } from './manifest.ts'
import { readManifest, settleHeader, tidy } from './opening.ts'

/** What a process that has the vault open knows of it: as of one anchor. */
interface Contents {
  readonly header: Header
  readonly rows: Rows
}

/**
 * What an open vault knows, and how that stays true while other processes have it open too. Each change removes the
 * files that it replaces before it is acknowledged, and whoever takes over another's change removes them first. So who
 * finds their own files in place knows what counts, without asking the keyring.
 */
export interface Known extends Contents {
  readonly anchor: Anchor
  /** Alone with the vault, after what other processes changed meanwhile has been taken over. */
  alone<T>(work: () => Promise<T>): Promise<T>
  /** Whether these are the entries that count: no other process has acknowledged a change of them. */
  rowsCount(): Promise<boolean>
  /** The same of the slots. */
  headerCounts(): Promise<boolean>
  nextGeneration(): number
  /** Changes the vault, alone; what is known changes with it. @throws what files or keyring failed with */
  commit(files: readonly NewFile[], changes: AnchorChanges, becomes: Partial<Contents>): Promise<void>
  /** Removes files that count no more. What cannot be removed now goes at the next unlock. */
  discard(paths: readonly string[]): Promise<void>
}

interface Held {
  readonly ports: DesktopPorts
  readonly item: KeyringItem
  readonly place: Folder
  readonly alone: Alone
  readonly change: Commits
  readonly keys: Keys
  /** Locks the vault: it is not there any more. */
  readonly lost: () => void
}

export function known({ ports, item, place, alone, change, keys, lost }: Held, from: Contents): Known {
  const { files, keyring } = ports
  const id = Buffer.from(change.anchor.id)
  let contents = from

  /** Why there is no anchor of this vault. Where its files are gone too, another process has reset it. */
  const gone = async (code: 'key-invalidated' | 'wrong-key'): Promise<Refusal> => {
    const bytes = await place.header()
    if (bytes !== null && decodeHeader(bytes).header.id.equals(id))
      return new Refusal(code, { reason: 'the keyring has no key of this vault any more' })
    lost()
    if (bytes === null) return new Refusal('not-set-up')
    return new Refusal('vault-locked', { reason: 'another process has set up another vault' })
  }
  const takeOver = async (now: Anchor) => {
    const bytes = await place.header()
    if (bytes === null) throw new Refusal('corrupt', { reason: 'the header is missing' })
    const { header, verify } = await settleHeader(files, place, decodeHeader(bytes), now)
    verify(keys.header.bytes)
    const rows = await readManifest(files, keys.manifest.bytes, now)
    await tidy(place, now, rows)
    change.adopt(now)
    contents = { header, rows }
  }
  const refresh = async () => {
    const now = await fetchAnchor(keyring, item)
    if (now === null) throw await gone('key-invalidated')
    let taken = false
    try {
      if (!id.equals(now.id)) throw await gone('wrong-key')
      if (now.isSame(change.anchor)) return
      await takeOver(now)
      taken = true
    } finally {
      if (!taken) now[Symbol.dispose]()
    }
  }
  return {
    get anchor() {
      return change.anchor
    },
    get header() {
      return contents.header
    },
    get rows() {
      return contents.rows
    },
    alone: (work) =>
      alone(async () => {
        await refresh()
        return work()
      }),
    rowsCount: async () => (await files.read(manifestPath(change.anchor.manifestAt))) !== null,
    async headerCounts() {
      const bytes = await files.read(headerPath)
      return bytes !== null && digestOf(bytes).equals(change.anchor.header)
    },
    nextGeneration: change.nextGeneration,
    async commit(added, changes, becomes) {
      await change.commit(added, changes)
      contents = { ...contents, ...becomes }
    },
    discard: change.discard,
  }
}
