import { type KeyringCopy, KeyringError } from '../../harness/contract/platforms/desktop.ts'
import { type Connection, connect, DBusError, sessionAddress } from '../../harness/dbus/connection.ts'
import {
  deleteItem,
  isGoneError,
  isLockedError,
  modifiedAt,
  openSession,
  readSecret,
  search,
  writeSecret,
} from '../../harness/dbus/secret-service.ts'

/*
 * One of several items of the same attributes, by its D-Bus path: the library refuses all of them. The secrets pass a
 * local socket as they are, which whoever could listen there can ask the keyring for, too.
 */

/** @throws KeyringError `gone` stands for an item that is not there any more. */
async function exactly<T, G>(work: (on: Connection) => Promise<T>, gone: G): Promise<T | G> {
  try {
    using on = await connect(sessionAddress(process.env))
    return await work(on)
  } catch (error) {
    if (!(error instanceof DBusError)) throw error
    if (isGoneError(error.dbusName)) return gone
    throw new KeyringError(error.dbusName === isLockedError ? 'locked' : 'failed', 'the keyring failed', {
      cause: error,
    })
  }
}

/** All items of these attributes that are not locked. */
export const copiesOf = (attributes: Readonly<Record<string, string>>): Promise<readonly KeyringCopy[]> =>
  exactly(async (on) => {
    const { unlocked } = await search(on, attributes)
    return Promise.all(unlocked.map(async (id) => ({ id, changedAt: await modifiedAt(on, id) })))
  }, [])

/** Null where it is gone. */
export const readCopy = (id: string): Promise<Uint8Array | null> =>
  exactly(async (on) => readSecret(on, await openSession(on), id), null)

/** False where it is gone. */
export const writeCopy = (id: string, secret: Uint8Array): Promise<boolean> =>
  exactly(async (on) => {
    await writeSecret(on, await openSession(on), id, secret)
    return true
  }, false)

/** False where it is gone. @throws KeyringError `locked` where the keyring would ask first */
export const deleteCopy = (id: string): Promise<boolean> =>
  exactly(async (on) => {
    if (!(await deleteItem(on, id))) throw new KeyringError('locked', 'the keyring asks before it deletes')
    return true
  }, false)
