import {
  type Keyring,
  type KeyringCollection,
  KeyringError,
  type KeyringState,
} from '../../harness/contract/platforms/desktop.ts'
import type { Seam } from '../simulation/seam.ts'

/** A keyring daemon with a `login` collection on disk and a `session` collection in its memory, and nobody to ask. */
export interface SimulatedKeyring {
  readonly port: Keyring
  state(): KeyringState
  /** Changes the state. A daemon that goes away takes its session collection with it; the login items stay on disk. */
  become(state: KeyringState): void
  /** The daemon ends and comes back unlocked. */
  restart(): void
  /** Items whose service begins with the prefix, in both collections. */
  items(prefix: string): number
  /** What stands in the clear beside the secrets of such items: service, account and label, a line for each. */
  attributes(prefix: string): string
  /** Secrets handed out since `clear`. */
  secretReads(): number
  /** Removes the items whose service begins with the prefix. */
  sweep(prefix: string): void
  /** No items, unlocked. */
  clear(): void
}

type Services = Map<string, Map<string, Uint8Array>>

// Made once: taking a stack trace costs more than the whole of a program's command.
const locked = new KeyringError('locked', 'the login collection is locked and nobody answered the unlock prompt')
const absent = new KeyringError('absent', 'no service provides org.freedesktop.secrets')

const under = (services: Services, prefix: string) => [...services.keys()].filter((name) => name.startsWith(prefix))

/** Makes an empty, unlocked keyring whose every access passes the seam. */
export const createKeyring = (seam: Seam): SimulatedKeyring => {
  const collections: Readonly<Record<KeyringCollection, Services>> = { login: new Map(), session: new Map() }
  /** By service, account and collection: few items have one. */
  const labels = new Map<string, string>()
  const keyOf = (...parts: readonly string[]) => JSON.stringify(parts)
  const labelOf = (...parts: readonly string[]) => (labels.size === 0 ? '' : (labels.get(keyOf(...parts)) ?? ''))
  let state: KeyringState = 'unlocked'
  let secretReads = 0

  /** The services of a collection. Throws what the keyring answers where it cannot be used now. */
  const opened = (collection: KeyringCollection = 'login'): Services => {
    if (state === 'absent') throw absent
    if (state === 'locked' && collection === 'login') throw locked
    return collections[collection]
  }

  return {
    port: {
      set({ service, account, collection, label }, secret) {
        const copy = new Uint8Array(secret)
        return seam.pass(() => {
          const services = opened(collection)
          if (label !== undefined || labels.size > 0)
            labels.set(keyOf(service, account, collection ?? 'login'), label ?? '')
          const accounts = services.get(service)
          if (accounts === undefined) services.set(service, new Map([[account, copy]]))
          else accounts.set(account, copy)
        })
      },
      get: ({ service, account, collection }) =>
        seam.pass(() => {
          const secret = opened(collection).get(service)?.get(account)
          if (secret === undefined) return null
          secretReads += 1
          return new Uint8Array(secret)
        }),
      delete: ({ service, account, collection }) =>
        seam.pass(() => opened(collection).get(service)?.delete(account) ?? false),
      find: (service, collection) => seam.pass(() => [...(opened(collection).get(service)?.keys() ?? [])]),
      state: () => seam.pass(() => state),
    },
    state: () => state,
    become(next) {
      if (next === 'absent') collections.session.clear()
      state = next
    },
    restart() {
      collections.session.clear()
      state = 'unlocked'
    },
    items(prefix) {
      let items = 0
      for (const services of Object.values(collections)) {
        for (const service of under(services, prefix)) items += services.get(service)?.size ?? 0
      }
      return items
    },
    attributes(prefix) {
      let text = ''
      for (const [collection, services] of Object.entries(collections))
        for (const service of under(services, prefix))
          for (const account of services.get(service)?.keys() ?? [])
            text += `${service}\n${account}\n${labelOf(service, account, collection)}\n`
      return text
    },
    secretReads: () => secretReads,
    sweep(prefix) {
      for (const services of Object.values(collections)) {
        for (const service of under(services, prefix)) services.delete(service)
      }
    },
    clear() {
      if (collections.login.size > 0) collections.login.clear()
      if (collections.session.size > 0) collections.session.clear()
      if (labels.size > 0) labels.clear()
      state = 'unlocked'
      secretReads = 0
    },
  }
}
