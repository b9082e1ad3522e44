import type { Returned, VaultCall } from '../../harness/contract/operations.ts'
import type { Vault, VaultContext } from '../../harness/contract/vault.ts'
import { anchorItem } from '../anchor.ts'
import { limits } from '../description.ts'
import { failureOf, Refusal } from '../failure.ts'
import { type Build, minimumVersion } from '../formats/minimum-version.ts'
import { giveBack } from '../memory/give-back.ts'
import { copySecret } from '../memory/secret-bytes.ts'
import { oneOfCopies } from '../one-of-copies.ts'
import { queue } from '../queue.ts'
import { unlockPrompt } from '../unlock-prompt.ts'
import { description, most } from './description.ts'
import type { Engine } from './engine.ts'
import { type DatabaseLifecycle, databaseLifecycle } from './lifecycle.ts'
import { refusalOf } from './opened.ts'
import type { Entry, Query } from './rows.ts'
import { sqlcipher } from './sqlcipher.ts'

/** The vault, and what a database can do beyond the operations of the contract. */
export interface DatabaseVault extends Vault {
  /** Puts all of these or, where it throws, none. Of two of one name the later counts. @throws Refusal */
  putMany(entries: readonly Entry[]): Promise<void>
  /** A page of entries, in the order of their names' code units. @throws Refusal */
  query(query: Query): Promise<readonly Entry[]>
  /** Takes in a publisher's notice, and closes the database where it says that this build may not open it any more. @throws Refusal */
  accept(notice: Uint8Array): Promise<void>
}

export interface DatabaseOptions {
  /** Default: no notice is heeded. */
  readonly build?: Build
  /** What runs databases. Default: SQLite. */
  readonly engine?: Engine
}

/**
 * The reference vault on an encrypted database: one file of SQLCipher's format 4 by a raw key that is derived from the
 * vault key, each value in it sealed once more for its vault, name and version, and an anchor in the operating system's
 * keyring that holds the vault key and the mark of the last change. One operation at a time, one process at a time; an
 * operation that succeeded is on disk, one that failed changed nothing.
 */
export function openDatabaseVault(
  context: VaultContext,
  { build, engine = sqlcipher }: DatabaseOptions = {},
): DatabaseVault {
  const { ports, directory, namespace } = context
  const { files, random, log } = ports
  const keyring = oneOfCopies(ports.keyring)
  const versions = build === undefined ? null : minimumVersion(keyring, namespace, build)
  const requireCurrent = async () => versions?.requireCurrent()
  const item = anchorItem(namespace)
  const life = databaseLifecycle({ engine, directory, keyring, files, random, log, item, requireCurrent })
  const inTurn = queue()
  const unlocked = unlockPrompt(ports.keyring)
  const doing = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await unlocked(() => inTurn(work))
    } catch (error) {
      throw refusalOf(error)
    }
  }
  const answer = async (call: VaultCall): Promise<Returned> => {
    const secret = secretOf(call)
    if (secret === null) return doing(() => perform(life, call, null))
    // In locked memory: the caller may change or zero it meanwhile.
    using own = copySecret(secret)
    return await doing(() => perform(life, call, own.bytes))
  }
  const refused = (error: unknown): never => {
    const { code, ...more } = failureOf(error)
    throw new Refusal(code, more)
  }
  return {
    description,
    async invoke(call) {
      try {
        return { is: 'ok', value: await answer(call) }
      } catch (error) {
        return { is: 'fail', failure: failureOf(error) }
      }
    },
    async putMany(entries) {
      try {
        if (entries.length > most.batch) throw new Refusal('too-large', { limit: most.batch, reason: 'the batch' })
        for (const { name, value } of entries) requireFit(name, value)
        // In one piece that is zeroed afterwards, in ordinary memory: locked memory is too scarce for a batch.
        const own = copied(entries)
        try {
          await doing(() => life.change(own.entries, []))
        } finally {
          giveBack(own.bytes)
        }
      } catch (error) {
        refused(error)
      }
    },
    async accept(notice) {
      try {
        if (versions === null) throw new Refusal('unsupported', { reason: 'this build names no publisher' })
        await doing(async () => {
          await versions.accept(notice)
          await versions.requireCurrent().catch(async (error: unknown) => {
            await life.lock()
            throw error
          })
        })
      } catch (error) {
        refused(error)
      }
    },
    async query(query) {
      try {
        if (!Number.isInteger(query.limit) || query.limit < 1 || query.limit > most.page)
          throw new Refusal('invalid-argument', { reason: 'the size of a page', limit: most.page })
        return await doing(async () => (await life.rows()).query(query))
      } catch (error) {
        return refused(error)
      }
    },
  }
}

/** Copies of what the caller may change or zero meanwhile. */
function copied(entries: readonly Entry[]): { readonly entries: readonly Entry[]; readonly bytes: Buffer } {
  const bytes = Buffer.from(new ArrayBuffer(entries.reduce((sum, { value }) => sum + value.length, 0)))
  let at = 0
  const own = entries.map(({ name, value }) => {
    bytes.set(value, at)
    at += value.length
    return { name, value: bytes.subarray(at - value.length, at) }
  })
  return { entries: own, bytes }
}

function requireFit(name: string, value: Uint8Array): void {
  if (name.length > limits.name) throw new Refusal('too-large', { limit: limits.name, reason: 'the name' })
  if (value.length > limits.value) throw new Refusal('too-large', { limit: limits.value, reason: 'the value' })
}

/** The secret of a call, where it has one; refuses what can be refused before waiting. */
function secretOf(call: VaultCall): Uint8Array | null {
  if ('name' in call && call.name !== undefined && call.name.length > limits.name)
    throw new Refusal('too-large', { limit: limits.name, reason: 'the name' })
  if (call.op === 'put') {
    const value = bytesOf(call.value)
    requireFit(call.name ?? '', value)
    return value
  }
  if (call.op !== 'setUp' && call.op !== 'unlock') return null
  if (call.pin !== undefined && call.pin !== null)
    throw new Refusal('invalid-argument', { reason: 'this vault has no PIN' })
  return call.key === undefined ? null : bytesOf(call.key)
}

async function perform(life: DatabaseLifecycle, call: VaultCall, secret: Uint8Array | null): Promise<Returned> {
  switch (call.op) {
    case 'put':
      await life.change([{ name: nameIn(call), value: secret ?? new Uint8Array(0) }], [])
      return null
    case 'get':
      return found((await life.rows()).get(nameIn(call)))
    case 'delete':
      if ((await life.rows()).has(nameIn(call))) await life.change([], [nameIn(call)])
      return null
    case 'has':
      return (await life.rows()).has(nameIn(call))
    case 'list':
      return (await life.rows()).names()
    case 'availability':
      return life.availability()
    case 'setUp':
      await life.setUp(secret)
      return null
    case 'unlock':
      await life.unlock(secret)
      return null
    case 'lock':
      await life.lock()
      return null
    case 'state':
      return life.state()
    case 'reset':
      await life.reset()
      return null
    default:
      throw new Refusal('unsupported')
  }
}

function nameIn(call: { readonly name?: string }): string {
  if (call.name === undefined) throw new Refusal('invalid-argument', { reason: 'a name is needed' })
  return call.name
}
function bytesOf(value: Uint8Array | string): Uint8Array {
  if (typeof value === 'string') throw new Refusal('invalid-argument', { reason: 'secrets are bytes' })
  return value
}
function found(value: Uint8Array | null): Uint8Array {
  if (value === null) throw new Refusal('not-found')
  return value
}
