import type { Availability, VaultState } from '../harness/contract/operations.ts'
import type { VaultContext } from '../harness/contract/vault.ts'
import { type Entries, entries } from './entries.ts'
import { Refusal } from './failure.ts'
import { folder } from './folder.ts'
import { decodeHeader, encodeHeader } from './header.ts'
import { fetchKey, idSize, keepKey, keyItem } from './key.ts'
import { deriveKeys, type Keys, keySize } from './keys.ts'

/** Set-up, unlock, lock and reset. Not safe against overlapping calls: the vault puts a queue in front. */
export interface Lifecycle {
  setUp(): Promise<void>
  unlock(): Promise<void>
  /** Zeroes the keys. Never fails. */
  lock(): void
  reset(): Promise<void>
  state(): Promise<VaultState>
  availability(): Promise<Availability>
  /** @throws Refusal `not-set-up` or `vault-locked`. */
  entries(): Promise<Entries>
}

export function lifecycle({ namespace, ports }: VaultContext): Lifecycle {
  const { keyring, files, random, log } = ports
  const place = folder(files)
  const item = keyItem(namespace)
  let open: { readonly keys: Keys; readonly entries: Entries } | null = null

  const opened = (id: Uint8Array, keys: Keys) => {
    open = { keys, entries: entries(files, random, id, keys) }
  }
  const lock = () => {
    open?.keys[Symbol.dispose]()
    open = null
  }
  const requireHeader = async () => {
    const header = await place.header()
    if (header === null) throw new Refusal('not-set-up')
    return header
  }
  /** Undoes one step of a call that failed. Should that fail too, the first failure is still the one to tell. */
  const undo = async (step: () => Promise<unknown>): Promise<boolean> => {
    try {
      await step()
      return true
    } catch (error) {
      log.write(`a step could not be undone: ${error instanceof Error ? error.name : typeof error}`)
      return false
    }
  }

  return {
    async setUp() {
      if ((await place.header()) !== null) throw new Refusal('already-set-up')
      await place.clear()
      const id = random.bytes(idSize)
      const key = random.bytes(keySize)
      const keys = deriveKeys(key, id)
      let kept = false
      try {
        // The key first: a header without a key would be a vault that nobody can open.
        await keepKey(keyring, item, id, key)
        kept = true
        await place.create(encodeHeader(id, keys.header))
        opened(id, keys)
      } catch (error) {
        keys[Symbol.dispose]()
        if (kept && (await undo(place.uncreate))) await undo(() => keyring.delete(item))
        throw error
      } finally {
        key.fill(0)
      }
    },
    async unlock() {
      if (open !== null) return
      const header = decodeHeader(await requireHeader())
      const key = await fetchKey(keyring, item, header.id)
      const keys = deriveKeys(key, header.id)
      key.fill(0)
      try {
        header.verify(keys.header)
        await place.tidy()
        opened(header.id, keys)
      } finally {
        if (open === null) keys[Symbol.dispose]()
      }
    },
    lock,
    async reset() {
      // Asked before anything is touched: without the keyring a reset would leave the key behind.
      const state = await keyring.state()
      if (state === 'locked') throw new Refusal('store-locked')
      if (state === 'absent') throw new Refusal('unavailable')
      const condemned = await place.condemn()
      try {
        await keyring.delete(item)
      } catch (error) {
        if (condemned) await undo(place.pardon)
        throw error
      }
      lock()
      await place.clear()
    },
    async state() {
      if (open !== null) return 'unlocked'
      const header = await place.header()
      if (header === null) return 'not-set-up'
      decodeHeader(header)
      return 'locked'
    },
    async availability() {
      if (open !== null) return 'available'
      const state = await keyring.state()
      if (state !== 'unlocked') return state === 'locked' ? 'locked' : 'unavailable'
      return (await place.header()) === null ? 'not-set-up' : 'locked'
    },
    async entries() {
      if (open !== null) return open.entries
      await requireHeader()
      throw new Refusal('vault-locked')
    },
  }
}
