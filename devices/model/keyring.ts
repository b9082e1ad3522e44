import {
  type Keyring,
  type KeyringCollection,
  KeyringError,
  type KeyringState,
} from '../../harness/contract/platforms/desktop.ts'
import type { VirtualClock } from '../simulation/clock.ts'
import type { Seam } from '../simulation/seam.ts'
import { createItems, type Items } from './items.ts'
import { createUnlockPrompts, type UnlockPrompts } from './unlock-prompts.ts'

/**
 * A keyring daemon with a `login` collection on disk and a `session` collection in its memory. Where it is asked to
 * unlock it prompts the person; no other call waits for anybody.
 */
export interface SimulatedKeyring {
  readonly port: Keyring
  readonly prompts: UnlockPrompts
  state(): KeyringState
  /** Changes the state. A daemon that goes away takes its session collection with it; the login items stay on disk. */
  become(state: KeyringState): void
  /** The daemon ends, and comes back in this state. Default: unlocked. */
  restart(state?: KeyringState): void
  /** Another provider takes its place, with items of its own; the next time back. */
  swap(): void
  /** Another program adds a copy of each item whose service begins with the prefix. How many there are now. */
  duplicate(prefix: string, age: 'older' | 'newer'): number
  /** Items whose service begins with the prefix, in both collections. */
  items(prefix: string): number
  /** What stands in the clear beside the secrets of such items: service, account and label, a line for each. */
  attributes(prefix: string): string
  /** Secrets handed out since `clear`. */
  secretReads(): number
  /** Removes the items whose service begins with the prefix. */
  sweep(prefix: string): void
  /** What is in the login collection on disk now; the function puts it back. */
  keep(): () => void
  /** No items at any provider, unlocked. */
  clear(): void
}

type Provider = Readonly<Record<KeyringCollection, Items>>
const newProvider = (): Provider => ({ login: createItems(), session: createItems() })

// Made once: taking a stack trace costs more than the whole of a program's command.
const locked = new KeyringError('locked', 'the login collection is locked')
const absent = new KeyringError('absent', 'no service provides org.freedesktop.secrets')

/** Makes an empty, unlocked keyring whose every access passes the seam. */
export const createKeyring = (seam: Seam, clock: VirtualClock): SimulatedKeyring => {
  const first = newProvider()
  const second = newProvider()
  let provider = first
  let state: KeyringState = 'unlocked'
  let secretReads = 0
  const prompts = createUnlockPrompts(seam, clock, () => {
    state = 'unlocked'
  })

  /** The items of a collection. Throws what the keyring answers where it cannot be used now. */
  const opened = (collection: KeyringCollection = 'login'): Items => {
    if (state === 'absent') throw absent
    if (state === 'locked' && collection === 'login') throw locked
    return provider[collection]
  }
  /** The daemon ends. */
  const end = () => {
    prompts.gone(absent)
    provider.session.clear()
  }
  const each = (work: (items: Items) => number): number => work(provider.login) + work(provider.session)

  return {
    port: {
      set(item, secret) {
        const copy = new Uint8Array(secret)
        return seam.pass(() => opened(item.collection).set(item, copy))
      },
      get: (item) =>
        seam.pass(() => {
          const secret = opened(item.collection).get(item)
          if (secret === null) return null
          secretReads += 1
          return new Uint8Array(secret)
        }),
      delete: (item) => seam.pass(() => opened(item.collection).delete(item)),
      find: (service, collection) => seam.pass(() => opened(collection).accounts(service)),
      state: () => seam.pass(() => state),
      unlock: (waitMs) =>
        seam.pass(() => {
          if (state === 'absent') throw absent
          return state === 'unlocked' ? 'unlocked' : prompts.ask(waitMs)
        }),
      copies: (item) => seam.pass(() => opened(item.collection).copies(item)),
    },
    prompts,
    state: () => state,
    become(next) {
      if (next === 'absent') end()
      state = next
      if (next === 'unlocked') prompts.unlocked()
    },
    restart(next = 'unlocked') {
      end()
      state = next
    },
    swap() {
      end()
      provider = provider === first ? second : first
      state = 'unlocked'
    },
    duplicate: (prefix, age) => each((items) => items.duplicate(prefix, age)),
    items: (prefix) => each((items) => items.count(prefix)),
    attributes: (prefix) => provider.login.attributes(prefix) + provider.session.attributes(prefix),
    secretReads: () => secretReads,
    sweep(prefix) {
      for (const items of Object.values(provider)) items.remove(prefix)
    },
    keep: () => provider.login.keep(),
    clear() {
      for (const items of [first.login, first.session, second.login, second.session]) items.clear()
      provider = first
      state = 'unlocked'
      secretReads = 0
      prompts.reset()
    },
  }
}
