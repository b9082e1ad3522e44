import type { Availability, VaultState } from '../../harness/contract/operations.ts'
import { type HeldLock, KeyringError } from '../../harness/contract/platforms/desktop.ts'
import { idSize, keepAnchor, newAnchor } from '../anchor.ts'
import { Refusal } from '../failure.ts'
import { digestOf } from '../header.ts'
import { keySize } from '../keys.ts'
import { copySecret, type SecretBytes, takeSecret } from '../memory/secret-bytes.ts'
import { NotAnchored } from './anchored.ts'
import { databaseFiles } from './files.ts'
import { currentFormat, databasePath, decodeHead, encodeHead, type Head } from './head.ts'
import { createDatabase, headKey, type Place, refusalOf } from './opened.ts'
import { fitsKey, type Opened, openVaultOf, type Setting } from './opening.ts'
import { type Entry, layOut, type Rows } from './rows.ts'

/** Set-up, unlock, lock and reset, and the rows in between. Not safe against overlapping calls. */
export interface DatabaseLifecycle {
  /** @param key a raw key of the caller's; null makes one */
  setUp(key: Uint8Array | null): Promise<void>
  unlock(key: Uint8Array | null): Promise<void>
  /** Closes the database and zeroes the keys. */
  lock(): Promise<void>
  reset(): Promise<void>
  state(): Promise<VaultState>
  availability(): Promise<Availability>
  /** @throws Refusal `not-set-up` or `vault-locked` */
  rows(): Promise<Rows>
  /** Puts and removes, all or none: anchored and on disk when this resolves. */
  change(put: readonly Entry[], remove: readonly string[]): Promise<void>
}

const lockPath = 'lock'
const markSize = 32

export function databaseLifecycle(setting: Setting): DatabaseLifecycle {
  const { engine, directory, keyring, item, files, random, log } = setting
  const folder = databaseFiles(files)
  let open: { readonly vault: Opened; readonly lock: HeldLock } | null = null

  const alone = async (): Promise<HeldLock> => {
    const held = await files.lock(lockPath)
    if (held === null) throw new Refusal('busy', { reason: 'another process has the database open' })
    return held
  }
  const release = (held: HeldLock) => held.release().catch(() => log.write('the lock could not be removed'))
  const close = async () => {
    const closing = open
    open = null
    if (closing === null) return
    closing.vault[Symbol.dispose]()
    await release(closing.lock)
  }
  const requireOpen = async (): Promise<Opened> => {
    if (open !== null) return open.vault
    if ((await folder.head()) === null) throw new Refusal('not-set-up')
    throw new Refusal('vault-locked')
  }
  /** Whether the keyring has the key of a vault without files, which no unfinished set-up or reset explains. */
  const isOrphaned = async (): Promise<boolean> => {
    if ((await folder.head()) !== null || (await folder.unfinished())) return false
    const left = await keyring.get(item)
    left?.fill(0)
    return left !== null
  }
  const requireWhole = async () => {
    // A new key in its place would make a backup of these files worthless.
    if (await isOrphaned())
      throw new Refusal('missing', { reason: 'the keyring has the key of a database that is gone' })
  }
  const establish = async (vaultKey: SecretBytes, held: HeldLock) => {
    if ((await folder.head()) !== null) throw new Refusal('already-set-up')
    if (await folder.unfinished()) await keyring.delete(item)
    else await requireWhole()
    await folder.clear()
    const id = Buffer.from(random.bytes(idSize))
    const head: Head = { format: currentFormat, id, file: 1 }
    const place: Place = { engine, directory, vaultKey: vaultKey.bytes, head }
    using key = headKey(vaultKey.bytes, id)
    const bytes = encodeHead(head, key.bytes)
    const mark = random.bytes(markSize)
    try {
      // Tells that a set-up was begun, before anything else is there.
      await folder.stage(bytes)
      await folder.make(databasePath(head))
      {
        using connection = createDatabase(place)
        layOut(connection, currentFormat, { generation: 1, mark, previous: mark })
      }
      await folder.settle(databasePath(head))
      using guard = takeSecret(random.bytes(keySize))
      using empty = newAnchor(id, guard)
      using anchor = empty.with({
        generation: 1,
        header: digestOf(bytes),
        manifest: { at: 1, digest: mark },
        secrets: { keyring: vaultKey.bytes },
      })
      await keepAnchor(keyring, item, anchor)
      await folder.promote()
    } catch (error) {
      if ((await folder.unfinished().catch(() => false)) && (await erased()))
        await folder.clear().catch(() => undefined)
      throw error
    }
    open = { vault: await openVaultOf(setting, folder, null), lock: held }
  }
  const erased = async (): Promise<boolean> => {
    try {
      await keyring.delete(item)
      return true
    } catch {
      log.write('the key of an unfinished set-up could not be removed')
      return false
    }
  }
  /** Whether this is the key of the vault, which is open. */
  const requireFits = async (key: Uint8Array) => {
    const head = await folder.head()
    if (head === null) throw new Refusal('missing', { reason: 'the head of the database is gone' })
    if (!fitsKey(decodeHead(head), key))
      throw new Refusal('wrong-key', { reason: 'the key is not the one of this database' })
  }
  const locked = async (work: (held: HeldLock) => Promise<void>) => {
    const held = await alone()
    try {
      await work(held)
    } finally {
      if (open?.lock !== held) await release(held)
    }
  }
  return {
    async setUp(key) {
      requireRawKey(key)
      if (open !== null || (await folder.head()) !== null) throw new Refusal('already-set-up')
      await setting.requireCurrent()
      using vaultKey = key === null ? takeSecret(random.bytes(keySize)) : copySecret(key)
      await locked((held) => establish(vaultKey, held))
    },
    async unlock(key) {
      requireRawKey(key)
      if (open !== null) {
        if (key !== null) await requireFits(key)
        return
      }
      await requireWhole()
      if ((await folder.head()) === null) throw new Refusal('not-set-up')
      await locked(async (held) => {
        await setting.requireCurrent()
        open = { vault: await openVaultOf(setting, folder, key), lock: held }
      })
    },
    lock: close,
    async reset() {
      // Asked before anything is touched: without the keyring a reset would leave the key behind.
      const state = await keyring.state()
      if (state !== 'unlocked') throw new KeyringError(state, `the keyring is ${state}`)
      await close()
      await locked(async () => {
        if ((await files.read('database.head')) !== null) await folder.condemn()
        await keyring.delete(item)
        await folder.clear()
      })
      await files.syncDirectory().catch(() => log.write('the folder could not be synced'))
    },
    async state() {
      if (open !== null) return 'unlocked'
      const head = await folder.head()
      if (head === null) return 'not-set-up'
      decodeHead(head)
      return 'locked'
    },
    async availability() {
      if (open !== null) return 'available'
      const state = await keyring.state()
      if (state !== 'unlocked') return state === 'locked' ? 'locked' : 'unavailable'
      return (await folder.head()) === null ? 'not-set-up' : 'locked'
    },
    rows: async () => (await requireOpen()).rows,
    async change(put, remove) {
      const { rows, state } = await requireOpen()
      // Asked first, so that as a rule nothing is written that cannot be anchored.
      const keyringState = await keyring.state()
      if (keyringState !== 'unlocked') throw new KeyringError(keyringState, `the keyring is ${keyringState}`)
      const mark = random.bytes(markSize)
      try {
        const undo = rows.change(put, remove, mark)
        const { generation } = rows.standing()
        await state.move({ generation, manifest: { at: generation, digest: mark } }).catch((error: unknown) => {
          if (error instanceof NotAnchored && error.taken === 'no') undo()
          throw error
        })
      } catch (error) {
        if (!(error instanceof NotAnchored)) throw refusalOf(error)
        // What nobody can tell now the next opening does, so this one is over.
        if (error.taken === 'unknown') await close()
        throw error.cause
      }
    },
  }
}

function requireRawKey(key: Uint8Array | null): void {
  if (key !== null && key.length !== keySize)
    throw new Refusal('invalid-argument', { reason: `a raw key has ${keySize} bytes` })
}
