import type { Failure } from '../../harness/contract/codes.ts'
import type { Returned, VaultCall, VaultState } from '../../harness/contract/operations.ts'
import type { Log } from '../../harness/contract/platforms/desktop.ts'
import { Refusal } from '../failure.ts'
import type { Build } from '../formats/minimum-version.ts'
import { nodePorts } from '../ports/node-ports.ts'
import { openDatabaseVault } from './database-vault.ts'
import type { Entry, Query } from './rows.ts'

export interface DesktopDatabaseOptions {
  /** Under this the key is in the keyring: `com.example.bank`. No two databases may share it. */
  readonly app: string
  /** A folder for the database alone. Made at set-up. */
  readonly directory: string
  /** Which build this is, and whose notices it heeds. Default: no notice is heeded. */
  readonly build?: Build
  /** Gets lines without secrets, on left-overs that could not be removed. Default: nobody. */
  readonly log?: Log
}

/**
 * An app's encrypted database on this desktop. Every method fails with a `Refusal`, whose `failure.code` is one of the
 * contract's: `wrong-key`, `corrupt`, `wrong-format`, `missing` and `key-invalidated` are five answers, after none of which
 * anything was changed. Calls wait for each other; values are bytes, of which the database takes copies. A raw key has 32
 * bytes; where none is given a random one is kept in the keyring.
 */
export interface DesktopDatabase extends AsyncDisposable {
  state(): Promise<VaultState>
  setUp(key?: Uint8Array): Promise<void>
  /** Brings an older format up to date first. `outdated` where a notice says that this build may open it no more. */
  unlock(key?: Uint8Array): Promise<void>
  /** Closes the database and zeroes the keys. Disposing does this too. */
  lock(): Promise<void>
  /** On disk when this resolves. */
  put(name: string, value: Uint8Array): Promise<void>
  /** All or none, on disk when this resolves. Of two of one name the later counts. */
  putMany(entries: readonly Entry[]): Promise<void>
  /** Null where there is no such entry. */
  get(name: string): Promise<Uint8Array | null>
  /** A page of entries, in the order of their names' code units. */
  query(query: Query): Promise<readonly Entry[]>
  delete(name: string): Promise<void>
  list(): Promise<readonly string[]>
  /**
   * Takes in a publisher's signed notice: `rejected` where it was not signed for this app, `replayed` where a newer one is
   * known, `outdated`, with the database closed, where this build may not open it any more.
   */
  accept(notice: Uint8Array): Promise<void>
  /** Destroys the database. */
  reset(): Promise<void>
}

/** Nothing is read or written before the first call. */
export function openDesktopDatabase({ app, directory, build, log = silent }: DesktopDatabaseOptions): DesktopDatabase {
  const context = { namespace: app, directory, ports: nodePorts(directory, log) }
  const vault = openDatabaseVault(context, build === undefined ? {} : { build })
  const ask = async (call: VaultCall): Promise<Returned> => {
    const answer = await vault.invoke(call)
    if (answer.is === 'ok') return answer.value
    const { code, ...more }: Failure = answer.is === 'fail' ? answer.failure : { code: 'internal' }
    throw new Refusal(code, more)
  }
  const done = async (call: VaultCall): Promise<void> => void (await ask(call))
  const orNull = (error: unknown): null => {
    if (error instanceof Refusal && error.failure.code === 'not-found') return null
    throw error
  }
  const withKey = (key: Uint8Array | undefined) => (key === undefined ? {} : { key })
  const lock = () => done({ op: 'lock' })
  return {
    state: async () => (await ask({ op: 'state' })) as VaultState,
    setUp: (key) => done({ op: 'setUp', ...withKey(key) }),
    unlock: (key) => done({ op: 'unlock', ...withKey(key) }),
    lock,
    put: (name, value) => done({ op: 'put', name, value }),
    putMany: vault.putMany,
    get: async (name) => (await ask({ op: 'get', name }).catch(orNull)) as Uint8Array | null,
    query: vault.query,
    delete: (name) => done({ op: 'delete', name }),
    accept: vault.accept,
    list: async () => (await ask({ op: 'list' })) as readonly string[],
    reset: () => done({ op: 'reset' }),
    [Symbol.asyncDispose]: lock,
  }
}

const silent: Log = { write() {} }
