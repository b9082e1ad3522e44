import type { AsyncEntry } from '@napi-rs/keyring'
import {
  type Keyring,
  KeyringError,
  type KeyringItem,
  type KeyringState,
  type UnlockEnd,
} from '../../harness/contract/platforms/desktop.ts'
import { connect, sessionAddress } from '../../harness/dbus/connection.ts'
import { attributesOf, search } from '../../harness/dbus/secret-service.ts'
import { copiesOf, deleteCopy, readCopy, writeCopy } from './keyring-copies.ts'
import { type Approached, approach, askToUnlock, look } from './keyring-state.ts'

/** Milliseconds that the keyring gets for one call: a prompt that nobody answers must not hold the vault for ever. */
const deadlineMs = 10_000
/** CRED_MAX_CREDENTIAL_BLOB_SIZE, in bytes. */
const windowsLimit = 2_560
const isLinux = process.platform === 'linux'
/** Without this pin the library falls back to the kernel keyring, which forgets, and says nothing. */
const pinned = { linux: { store: 'secret-service' } } as const

const present: Approached = { state: 'unlocked', owner: null, items: 1 }

/**
 * The operating system's keyring by @napi-rs/keyring: Secret Service, Keychain, Credential Manager.
 *
 * The library's errors are told apart by their text alone, so on Linux the Secret Service itself is asked over D-Bus,
 * before a call (which also avoids prompts) and after one that failed. Elsewhere a failure is `failed`.
 */
export function napiKeyring(): Keyring {
  /** One for each item: each holds a D-Bus connection. Bound to the daemon it talks to. */
  const entries = new Map<string, { readonly owner: string | null; readonly entry: AsyncEntry }>()

  const entryOf = async (item: KeyringItem, owner: string | null): Promise<AsyncEntry> => {
    const key = JSON.stringify([item.service, item.account])
    const known = entries.get(key)
    // A daemon that was started anew does not know the sessions of the old one.
    if (known !== undefined && known.owner === owner) return known.entry
    const { AsyncEntry } = await import('@napi-rs/keyring')
    const entry = new AsyncEntry(item.service, item.account, pinned)
    entries.set(key, { owner, entry })
    return entry
  }

  const use = async <T>(
    item: KeyringItem,
    work: (entry: AsyncEntry, signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    if (item.collection === 'session') throw new KeyringError('failed', 'this port keeps items in the login collection')
    const attributes = attributesFor(item)
    const standing = isLinux ? await approach(attributes) : present
    refuse(standing.state)
    if (standing.items > 1) throw new KeyringError('ambiguous', 'several items have these attributes')
    try {
      return await bounded(async (signal) => work(await entryOf(item, standing.owner), signal))
    } catch (error) {
      entries.delete(JSON.stringify([item.service, item.account]))
      if (isLinux) refuse((await approach(attributes)).state, error)
      throw new KeyringError('failed', 'the keyring failed', { cause: error })
    }
  }

  return {
    async set(item, secret) {
      if (process.platform === 'win32' && secret.length > windowsLimit)
        throw new KeyringError('too-large', `Windows keeps at most ${windowsLimit} bytes`)
      if (item.copy !== undefined && (await writeCopy(item.copy, secret))) return
      await use(item, (entry, signal) => entry.setSecret(secret, signal))
    },
    async get(item) {
      if (item.copy !== undefined) return readCopy(item.copy)
      const numbers = await use(item, (entry, signal) => entry.getSecret(signal))
      if (numbers === null) return null
      const secret = Uint8Array.from(numbers)
      numbers.fill(0)
      return secret
    },
    delete: (item) =>
      item.copy === undefined ? use(item, (entry, signal) => entry.deleteCredential(signal)) : deleteCopy(item.copy),
    async find(service) {
      if (!isLinux)
        throw new KeyringError('failed', 'the keyring of this system cannot be searched without reading secrets')
      refuse((await approach({ service })).state)
      using on = await connect(sessionAddress(process.env))
      const { unlocked } = await search(on, { service })
      const found = await Promise.all(unlocked.map((path) => attributesOf(on, path)))
      return found.map((attributes) => attributes.username ?? '')
    },
    state: async () => (isLinux ? (await look()).state : 'unlocked'),
    ...(isLinux ? { unlock, copies: (item: KeyringItem) => copiesOf(attributesFor(item)) } : {}),
  }
}

const attributesFor = ({ service, account }: KeyringItem) => ({ service, username: account })

async function unlock(waitMs: number): Promise<UnlockEnd> {
  const end = await askToUnlock(waitMs)
  if (end === 'absent') throw new KeyringError('absent', 'the keyring is absent')
  return end
}

function refuse(state: KeyringState, cause?: unknown): void {
  if (state !== 'unlocked') throw new KeyringError(state, `the keyring is ${state}`, { cause })
}

async function bounded<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(deadlineMs)
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  return Promise.race([work(signal), late])
}
