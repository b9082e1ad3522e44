import type { Files, Keyring, KeyringItem, Log, Random } from '../../harness/contract/platforms/desktop.ts'
import { fetchAnchor } from '../anchor.ts'
import { Refusal } from '../failure.ts'
import { digestOf } from '../header.ts'
import { copySecret } from '../memory/secret-bytes.ts'
import { type Anchored, anchored, NotAnchored } from './anchored.ts'
import type { Connection, Engine } from './engine.ts'
import type { DatabaseFiles } from './files.ts'
import { currentFormat, databasePath, decodeHead, encodeHead, type SealedHead } from './head.ts'
import { headKey, openDatabase, type Place, requireNewest, sealOf } from './opened.ts'
import { type Rows, rows } from './rows.ts'
import { copyRows, successorOf } from './upgrade.ts'

/** What all of the vault works with. */
export interface Setting {
  readonly engine: Engine
  readonly directory: string
  readonly keyring: Keyring
  readonly item: KeyringItem
  readonly files: Files
  readonly random: Random
  readonly log: Log
  /** Throws where this build may not open the database any more. Asked before anything is read or written. */
  readonly requireCurrent: () => Promise<void>
}
/** A vault that was opened. Disposing closes the database and zeroes what was held. */
export interface Opened extends Disposable {
  readonly rows: Rows
  readonly connection: Connection
  readonly state: Anchored
}

/**
 * Opens the vault that the head and the anchor agree on, alone with it.
 * @param given a raw key of the caller's; null takes the one in the keyring
 */
export async function openVaultOf(setting: Setting, folder: DatabaseFiles, given: Uint8Array | null): Promise<Opened> {
  const { keyring, item, engine, directory, random, log } = setting
  const held = new DisposableStack()
  try {
    const bytes = await folder.head()
    if (bytes === null) throw new Refusal('not-set-up')
    const read = decodeHead(bytes)
    const anchor = await fetchAnchor(keyring, item)
    if (anchor === null) throw new Refusal('key-invalidated', { reason: 'the keyring has no key of this database' })
    const state = held.use(anchored(keyring, item, anchor))
    if (!read.head.id.equals(anchor.id))
      throw new Refusal('wrong-key', { reason: 'the key in the keyring is of another database' })
    const kept = anchor.secret('keyring')
    if (kept === null) throw new Refusal('corrupt', { reason: 'the keyring has no key of this database' })
    const vaultKey = held.use(copySecret(given ?? kept))
    if (!fitsKey(read, vaultKey.bytes))
      throw given === null
        ? new Refusal('corrupt', { reason: 'the head was changed' })
        : new Refusal('wrong-key', { reason: 'the key is not the one of this database' })
    const sealed = await settledHead(folder, read, anchor.header, vaultKey.bytes)
    const place: Place = { engine, directory, vaultKey: vaultKey.bytes, head: sealed.head }
    let connection = openDatabase(place)
    held.defer(() => connection[Symbol.dispose]())
    const standing = requireNewest(connection, anchor.generation, anchor.manifest)
    if (standing.generation !== anchor.generation)
      await state.move({
        generation: standing.generation,
        manifest: { at: standing.generation, digest: standing.mark },
      })
    let at = place
    if (sealed.head.format < currentFormat) {
      const from = connection
      at = { ...place, head: await upgraded(setting, folder, place, from, state) }
      from[Symbol.dispose]()
      connection = openDatabase(at)
      await folder.drop(databasePath(place.head)).catch(() => log.write('the older database could not be removed'))
    }
    await dropOthers(folder, setting.files, at, log)
    const seal = sealOf(at, random)
    const whole = held.move()
    return { rows: rows(connection, seal), connection, state, [Symbol.dispose]: () => whole.dispose() }
  } catch (error) {
    held.dispose()
    throw error instanceof NotAnchored ? error.cause : error
  }
}

/** Asked before anything is said of the database: by its pages nobody can tell a wrong key from damage. */
export function fitsKey({ head, fits }: SealedHead, vaultKey: Uint8Array): boolean {
  using key = headKey(vaultKey, head.id)
  return fits(key.bytes)
}

/** The head that the anchor speaks of. Where an upgrade was cut short after it counted, it gets its name. */
async function settledHead(
  folder: DatabaseFiles,
  read: SealedHead,
  digest: Uint8Array,
  vaultKey: Uint8Array,
): Promise<SealedHead> {
  const staged = await folder.staged()
  if (read.digest.equals(digest)) {
    // An upgrade that never counted.
    if (staged !== null) await folder.unstage()
    return read
  }
  if (staged !== null && digestOf(staged).equals(digest)) {
    const next = decodeHead(staged)
    if (!fitsKey(next, vaultKey)) throw new Refusal('corrupt', { reason: 'the head was changed' })
    await folder.promote()
    return next
  }
  throw new Refusal('rollback', { reason: 'an older head was put in its place' })
}

/** Brings the database up to this build's format. Until the anchor has moved, all of it can be taken back. */
async function upgraded(setting: Setting, folder: DatabaseFiles, place: Place, old: Connection, state: Anchored) {
  const head = successorOf(place.head)
  const path = databasePath(head)
  await folder.drop(path)
  try {
    await folder.make(path)
    const { generation, manifest } = state.anchor
    const was = { generation, mark: Buffer.from(manifest), previous: Buffer.from(manifest) }
    const standing = copyRows(old, was, { ...place, head }, setting.random)
    await folder.settle(path)
    using key = headKey(place.vaultKey, head.id)
    const bytes = encodeHead(head, key.bytes)
    await folder.stage(bytes)
    await state.move({
      generation: standing.generation,
      header: digestOf(bytes),
      manifest: { at: standing.generation, digest: standing.mark },
    })
  } catch (error) {
    // Where nobody can tell whether it counts, both stay: the next opening knows.
    if (!(error instanceof NotAnchored) || error.taken === 'no') {
      await folder.unstage().catch(() => setting.log.write('a staged head could not be removed'))
      await folder.drop(path).catch(() => setting.log.write('a new database could not be removed'))
    }
    throw error
  }
  await folder.promote()
  return head
}

/** What an upgrade that was cut short left: neither half of it counts. */
async function dropOthers(folder: DatabaseFiles, files: Files, { head }: Place, log: Log): Promise<void> {
  const own = databasePath(head)
  for (const path of await files.list())
    if (/^vault-\d{1,9}\.\d{1,10}\.db$/.test(path) && path !== own)
      await folder.drop(path).catch(() => log.write('a left-over could not be removed'))
}
