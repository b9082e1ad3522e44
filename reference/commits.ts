import type { Keyring, KeyringItem, Log } from '../harness/contract/platforms/desktop.ts'
import { type Anchor, type AnchorChanges, fetchAnchor, keepAnchor } from './anchor.ts'
import { Refusal } from './failure.ts'
import type { Folder, NewFile } from './folder.ts'

/** How an open vault changes: new files first, then the anchor, which is when it counts, then the old files go. */
export interface Commits extends Disposable {
  /** The anchor as this process last saw it in the keyring. */
  readonly anchor: Anchor
  /** Takes over the anchor that another process left in the keyring, and disposes of the one before. */
  adopt(now: Anchor): void
  /** The generation of the next change. Never given twice, also where a change failed. */
  nextGeneration(): number
  /** @throws what the files or the keyring failed with: then nothing has changed. */
  commit(files: readonly NewFile[], changes: AnchorChanges): Promise<void>
  /** Removes files that count no more. What cannot be removed now goes at the next unlock. */
  discard(paths: readonly string[]): Promise<void>
}

/** Changes of a vault, each of which seals one entry at most. */
const mostSeals = 2 ** 32

/** Takes over the anchor, and disposes of it. */
export function commits(place: Folder, keyring: Keyring, item: KeyringItem, log: Log, from: Anchor): Commits {
  let anchor = from
  let spent = anchor.generation

  const trying = async (step: () => Promise<unknown>) => {
    try {
      await step()
    } catch (error) {
      log.write(`a left-over could not be removed: ${error instanceof Error ? error.name : typeof error}`)
    }
  }
  /** Whether a change of the keyring that failed took effect all the same. Null where nobody can tell now. */
  const tookEffect = async (next: Anchor): Promise<boolean | null> => {
    try {
      using now = await fetchAnchor(keyring, item)
      if (now === null) return false
      return now.isSame(next)
    } catch {
      return null
    }
  }
  return {
    get anchor() {
      return anchor
    },
    adopt(now) {
      anchor[Symbol.dispose]()
      anchor = now
    },
    nextGeneration() {
      spent = Math.max(spent, anchor.generation) + 1
      // SP 800-38D: a key seals no more than 2^32 times where nonces are random.
      if (spent > mostSeals)
        throw new Refusal('rejected', { reason: 'the key of this vault has sealed all that it may' })
      return spent
    },
    async commit(files, changes) {
      if (files.length > 0) await place.add(files)
      const next = anchor.with(changes)
      try {
        await keepAnchor(keyring, item, next)
      } catch (error) {
        const changed = await tookEffect(next)
        if (changed !== true) {
          next[Symbol.dispose]()
          // Where nobody can tell the files stay: the next unlock knows which count.
          if (changed === false) await trying(() => place.remove(files.map(([path]) => path)))
          throw error
        }
      }
      anchor[Symbol.dispose]()
      anchor = next
    },
    // Also where there is nothing to remove: this sync is what carries the keyring's own rename to the disk.
    discard: (paths) => trying(() => place.remove(paths)),
    [Symbol.dispose]: () => anchor[Symbol.dispose](),
  }
}
