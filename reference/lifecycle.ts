import type { Availability, UnlockMethod, VaultState } from '../harness/contract/operations.ts'
import type { VaultContext } from '../harness/contract/vault.ts'
import { anchorItem, fetchAnchor, idSize, keepAnchor, newAnchor } from './anchor.ts'
import { type Commits, commits } from './commits.ts'
import { type Entries, entries } from './entries.ts'
import { Refusal } from './failure.ts'
import { folder, manifestPath } from './folder.ts'
import { decodeHeader, digestOf, encodeHeader, type Header } from './header.ts'
import { deriveKeys, type Keys, keySize } from './keys.ts'
import { encodeManifest, type Rows } from './manifest.ts'
import { type SecretBytes, takeSecret } from './memory/secret-bytes.ts'
import { createSlot, type MethodPorts, openSlot, type PlainSlot } from './methods/methods.ts'
import { readManifest, settleHeader, tidy } from './opening.ts'
import { guess } from './pin/guess.ts'
import { lockout } from './pin/lockout.ts'
import { type SlotChanges, slotChanges } from './slot-changes.ts'

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
  readonly change: Commits
  readonly entries: Entries
  readonly slots: SlotChanges
}

/** @param initial the method of the slot that set-up makes */
export function lifecycle({ namespace, ports }: VaultContext, methods: MethodPorts, initial: UnlockMethod): Lifecycle {
  const { keyring, files, random, clock, kdf, log } = ports
  const place = folder(files)
  const item = anchorItem(namespace)
  const lockedOut = lockout(clock)
  let open: Open | null = null

  const opened = (header: Header, vaultKey: SecretBytes, keys: Keys, change: Commits, rows: Rows) => {
    const held = { place, methods, lockedOut, change, vaultKey, headerKey: keys.header, log }
    open = {
      change,
      entries: entries(files, random, keys, change, rows),
      slots: slotChanges(held, header),
      [Symbol.dispose]() {
        for (const secret of [vaultKey, keys, change]) secret[Symbol.dispose]()
      },
    }
  }
  const lock = () => {
    open?.[Symbol.dispose]()
    open = null
  }
  const requireHeader = async () => {
    const header = await place.header()
    if (header === null) throw new Refusal('not-set-up')
    return header
  }
  const requireOpen = async (): Promise<Open> => {
    if (open !== null) return open
    await requireHeader()
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
  /** Makes room for a new vault: what an unfinished set-up or reset left goes, what a vault left does not. */
  /** A key without files, which no unfinished set-up or reset explains, is that of a vault whose files were removed. */
  const refuseOrphan = async () => {
    const left = await keyring.get(item)
    left?.fill(0)
    // A new key in its place would make a backup of these files worthless.
    if (left !== null) throw new Refusal('corrupt', { reason: 'the keyring has the key of a vault without files' })
  }
  const clearGround = async () => {
    if (await place.unfinished()) await keyring.delete(item)
    else await refuseOrphan()
    await place.clear()
  }
  /** The slot that a caller with or without a PIN means. */
  const openWith = async (header: Header, change: Commits, pin: Uint8Array | null): Promise<SecretBytes> => {
    const guessed = header.slots.find((slot) => slot.method === 'keyring-pin')
    if (pin !== null) {
      if (guessed === undefined) throw new Refusal('invalid-argument', { reason: 'this vault has no PIN' })
      return guess(kdf, lockedOut, change, guessed, pin)
    }
    const plain = header.slots.find((slot): slot is PlainSlot => slot.method !== 'keyring-pin')
    if (plain === undefined) throw new Refusal('invalid-argument', { reason: 'a PIN is needed' })
    return openSlot(methods, change.anchor, plain)
  }

  return {
    async setUp(pin) {
      if ((await place.header()) !== null) throw new Refusal('already-set-up')
      if (initial !== 'keyring-pin' && pin !== null)
        throw new Refusal('invalid-argument', { reason: 'this vault is set up without a PIN' })
      const id = random.bytes(idSize)
      const vaultKey = takeSecret(random.bytes(keySize))
      const keys = deriveKeys(vaultKey.bytes, id)
      let conceived = false
      try {
        using guard = takeSecret(random.bytes(keySize))
        using made = await createSlot(methods, id, vaultKey, initial, pin)
        await clearGround()
        const header: Header = { id: Buffer.from(id), generation: 1, slots: [made.slot] }
        const sealed = encodeHeader(header, { guard: guard.bytes, vault: keys.header.bytes })
        const rows: Rows = new Map()
        const manifest = encodeManifest(keys.manifest.bytes, id, { generation: 1, rows })
        using empty = newAnchor(id, guard)
        const anchor = empty.with({
          generation: 1,
          header: digestOf(sealed),
          manifest: { at: 1, digest: digestOf(manifest) },
          secrets: made.secrets,
        })
        try {
          await place.conceive(sealed, [manifestPath(1), manifest])
          conceived = true
          await keepAnchor(keyring, item, anchor)
          await place.bear()
        } catch (error) {
          anchor[Symbol.dispose]()
          throw error
        }
        opened(header, vaultKey, keys, commits(place, keyring, item, log, anchor), rows)
      } catch (error) {
        vaultKey[Symbol.dispose]()
        keys[Symbol.dispose]()
        if (conceived && (await undo(place.condemn)) && (await undo(() => keyring.delete(item))))
          await undo(place.clear)
        throw error
      }
    },
    async unlock(pin) {
      if (open !== null) {
        if (pin !== null) await open.slots.checkPin(pin)
        return
      }
      if ((await place.header()) === null && !(await place.unfinished())) await refuseOrphan()
      const read = decodeHeader(await requireHeader())
      const anchor = await fetchAnchor(keyring, item)
      if (anchor === null) throw new Refusal('key-invalidated', { reason: 'the keyring has no key of this vault' })
      const change = commits(place, keyring, item, log, anchor)
      const held: Disposable[] = [change]
      try {
        if (!read.header.id.equals(anchor.id))
          throw new Refusal('wrong-key', { reason: 'the key in the keyring is of another vault' })
        const { header, verify } = await settleHeader(files, place, read, anchor)
        const vaultKey = await openWith(header, change, pin)
        held.push(vaultKey)
        const keys = deriveKeys(vaultKey.bytes, header.id)
        held.push(keys)
        verify(keys.header.bytes)
        const rows = await readManifest(files, keys.manifest.bytes, change.anchor)
        await tidy(place, change.anchor, rows)
        opened(header, vaultKey, keys, change, rows)
      } finally {
        if (open === null) for (const secret of held) secret[Symbol.dispose]()
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
    entries: async () => (await requireOpen()).entries,
    slots: async () => (await requireOpen()).slots,
  }
}
