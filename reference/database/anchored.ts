import type { Keyring, KeyringItem } from '../../harness/contract/platforms/desktop.ts'
import { type Anchor, type AnchorChanges, fetchAnchor, keepAnchor } from '../anchor.ts'

/** The anchor of an open vault in the keyring, of which this process alone makes the next. */
export interface Anchored extends Disposable {
  readonly anchor: Anchor
  /**
   * Puts the next anchor into the keyring.
   * @throws NotAnchored where it is not there: `taken` says whether it may be all the same, since nobody could tell
   */
  move(changes: AnchorChanges): Promise<void>
}

/** The keyring did not take an anchor. `cause` is what it failed with. */
export class NotAnchored extends Error {
  override readonly name = 'NotAnchored'
  readonly taken: 'no' | 'unknown'
  constructor(taken: NotAnchored['taken'], cause: unknown) {
    super('the keyring did not take the anchor', { cause })
    this.taken = taken
  }
}

/** Takes over the anchor, and disposes of it. */
export function anchored(keyring: Keyring, item: KeyringItem, from: Anchor): Anchored {
  let anchor = from
  /** Whether a change of the keyring that failed took effect all the same. Null where nobody can tell now. */
  const tookEffect = async (next: Anchor): Promise<boolean | null> => {
    try {
      using now = await fetchAnchor(keyring, item)
      return now === null ? false : now.isSame(next)
    } catch {
      return null
    }
  }
  return {
    get anchor() {
      return anchor
    },
    async move(changes) {
      const next = anchor.with(changes)
      try {
        await keepAnchor(keyring, item, next)
      } catch (error) {
        const took = await tookEffect(next)
        if (took !== true) {
          next[Symbol.dispose]()
          throw new NotAnchored(took === false ? 'no' : 'unknown', error)
        }
      }
      anchor[Symbol.dispose]()
      anchor = next
    },
    [Symbol.dispose]: () => anchor[Symbol.dispose](),
  }
}
