import type { Availability, UnlockMethod, VaultState } from '../harness/contract/operations.ts'
import { KeyringError } from '../harness/contract/platforms/desktop.ts'
import type { VaultContext } from '../harness/contract/vault.ts'
import { alone } from './alone.ts'
import { type Anchor, anchorItem, idSize, keepAnchor, newAnchor } from './anchor.ts'
import { commits } from './commits.ts'
import { type Entries, entries } from './entries.ts'
import { Refusal } from './failure.ts'
import { folder, manifestPath } from './folder.ts'
import { decodeHeader, digestOf, encodeHeader, type Header } from './header.ts'
import { deriveKeys, type Keys, keySize } from './keys.ts'
import { known } from './known.ts'
import { encodeManifest } from './manifest.ts'
import { type SecretBytes, takeSecret } from './memory/secret-bytes.ts'
import { createSlot, type MethodPorts, type NewSlot } from './methods/methods.ts'
import { lockout } from './pin/lockout.ts'
import { type SlotChanges, slotChanges } from './slot-changes.ts'
import { type Opened, unlocking } from './unlocking.ts'

/** Set-up, unlock, lock and reset. Not safe against overlapping calls: the vault puts a queue in front. */
export interface Lifecycle {
  setUp(pin: Uint8Array | null): Promise<void>
  /** Where the vault is open, a PIN is checked all the same. */
  unlock(pin: Uint8Array | null): Promise<void>
  /** Zeroes the keys. Never fails. */
  lock(): void
  reset(): Promise<void>
  state(): Promise<VaultState>
  availability(): Promise<Availability>
  /** @throws Refusal `not-set-up` or `vault-locked`. */
  entries(): Promise<Entries>
  /** @throws Refusal `not-set-up` or `vault-locked`. */
  slots(): Promise<SlotChanges>
}

/** What the vault holds while it is open. */
interface Open extends Disposable {
  readonly entries: Entries
  readonly slots: SlotChanges
}

/** @param initial the method of the slot that set-up makes */
export function lifecycle({ namespace, ports }: VaultContext, methods: MethodPorts, initial: UnlockMethod): Lifecycle {
  const { keyring, files, random, clock, log } = ports
  const place = folder(files)
  const item = anchorItem(namespace)
  const lockedOut = lockout(clock)
  const inTurn = alone(files, log)
  const opener = unlocking(ports, methods, { item, place, alone: inTurn, lockedOut })
  let open: Open | null = null

  const opened = ({ header, vaultKey, keys, change, rows }: Opened) => {
    const held = { ports, item, place, alone: inTurn, change, keys, lost: lock }
    const knows = known(held, { header, rows })
    open = {
      entries: entries(files, random, keys, knows),
      slots: slotChanges({ place, methods, lockedOut, known: knows, vaultKey, headerKey: keys.header, log }),
      [Symbol.dispose]() {
        for (const secret of [vaultKey, keys, change]) secret[Symbol.dispose]()
      },
    }
  }
  const lock = () => {
    open?.[Symbol.dispose]()
    open = null
  }
  const requireOpen = async (): Promise<Open> => {
    if (open !== null) return open
    await place.requireHeader()
    throw new Refusal('vault-locked')
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
  /** Whether there is a key without files, which no unfinished set-up or reset explains: files were removed. */
  const isOrphaned = async (): Promise<boolean> => {
    if ((await place.header()) !== null || (await place.unfinished())) return false
    const left = await keyring.get(item)
    left?.fill(0)
    return left !== null
  }
  const refuseOrphan = async () => {
    // A new key in its place would make a backup of these files worthless.
    if (await isOrphaned()) throw new Refusal('corrupt', { reason: 'the keyring has the key of a vault without files' })
  }
  /** Makes room for a new vault: what an unfinished set-up or reset left goes, what a vault left does not. */
  const clearGround = async () => {
    if (await place.unfinished()) await keyring.delete(item)
    else await refuseOrphan()
    await place.clear()
  }
  /** Writes a new vault, or nothing. @returns its anchor */
  const establish = async (header: Header, guard: SecretBytes, made: NewSlot, keys: Keys): Promise<Anchor> => {
    // Another process may have been first.
    if ((await place.header()) !== null) throw new Refusal('already-set-up')
    await clearGround()
    const sealed = encodeHeader(header, { guard: guard.bytes, vault: keys.header.bytes })
    const manifest = encodeManifest(keys.manifest.bytes, header.id, { generation: 1, rows: new Map() })
    using empty = newAnchor(header.id, guard)
    const anchor = empty.with({
      generation: 1,
      header: digestOf(sealed),
      manifest: { at: 1, digest: digestOf(manifest) },
      secrets: made.secrets,
    })
    let conceived = false
    try {
      await place.conceive(sealed, [manifestPath(1), manifest])
      conceived = true
      await keepAnchor(keyring, item, anchor)
      await place.bear()
      return anchor
    } catch (error) {
      anchor[Symbol.dispose]()
      if (conceived && (await undo(place.condemn)) && (await undo(() => keyring.delete(item)))) await undo(place.clear)
      throw error
    }
  }

  return {
    async setUp(pin) {
      if ((await place.header()) !== null) throw new Refusal('already-set-up')
      if (initial !== 'keyring-pin' && pin !== null)
        throw new Refusal('invalid-argument', { reason: 'this vault is set up without a PIN' })
      const id = random.bytes(idSize)
      const vaultKey = takeSecret(random.bytes(keySize))
      const keys = deriveKeys(vaultKey.bytes, id)
      try {
        using guard = takeSecret(random.bytes(keySize))
        using made = await createSlot(methods, id, vaultKey, initial, pin)
        const header: Header = { id: Buffer.from(id), generation: 1, slots: [made.slot] }
        const anchor = await inTurn(() => establish(header, guard, made, keys))
        opened({ header, vaultKey, keys, change: commits(place, keyring, item, log, anchor), rows: new Map() })
      } catch (error) {
        vaultKey[Symbol.dispose]()
        keys[Symbol.dispose]()
        throw error
      }
    },
    async unlock(pin) {
      if (open !== null) {
        if (pin === null) return
        try {
          return await open.slots.checkPin(pin)
        } catch (error) {
          // Where it turned out to be another vault by now, that one is opened.
          if (open !== null) throw error
        }
      }
      // Looked at again alone, before anything is said of it: another process may be about to set up the vault.
      if (await isOrphaned()) await inTurn(refuseOrphan)
      using asked = pin === null ? await opener.askPerson(await place.requireHeader()) : null
      await inTurn(async () => opened(await opener.open(pin, asked)))
    },
    lock,
    async reset() {
      // Asked before anything is touched: without the keyring a reset would leave the key behind.
      const state = await keyring.state()
      if (state !== 'unlocked') throw new KeyringError(state, `the keyring is ${state}`)
      await inTurn(async () => {
        const condemned = await place.condemn()
        try {
          await keyring.delete(item)
        } catch (error) {
          if (condemned) await undo(place.pardon)
          throw error
        }
        lock()
        await place.clear()
      })
      // The lock was the last file in the folder.
      await files.syncDirectory().catch(() => log.write('the folder could not be synced'))
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
    entries: async () => (await requireOpen()).entries,
    slots: async () => (await requireOpen()).slots,
  }
}
