import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { VaultCall } from '../../harness/contract/operations.ts'
import {
  type Files,
  KeyringError,
  type KeyringItem,
  type KeyringState,
} from '../../harness/contract/platforms/desktop.ts'
import type { Answer } from '../../harness/contract/vault.ts'
import type { Build } from '../formats/minimum-version.ts'
import { nodeFiles } from '../ports/node-files.ts'
import { type DatabaseVault, openDatabaseVault } from './database-vault.ts'
import type { Engine } from './engine.ts'
import { sqlcipher } from './sqlcipher.ts'

/** A desk for the database's own tests: a real folder, a keyring in memory, and a process that can die at each effect. */
export interface Desk extends Disposable {
  readonly directory: string
  readonly secrets: Map<string, Uint8Array>
  readonly log: string[]
  keyring: KeyringState
  /** The keyring takes no item. */
  refuseSecrets: boolean
  /** Another process, once the one before has died. */
  start(build?: Build): DatabaseVault
  /** The process ends: what it had open is closed by the system. */
  die(): void
  /** In place of the n-th effect from now, and of all later ones, nothing happens any more. */
  crashAt(effect: number): void
  /** Whether it came to that. */
  crashed(): boolean
  files(): ReadonlyMap<string, Buffer>
}

class Dead extends Error {}
const keyOf = ({ service, account }: KeyringItem) => `${service}\0${account}`

export function desk(): Desk {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-database-'))
  const secrets = new Map<string, Uint8Array>()
  const log: string[] = []
  let left = Number.POSITIVE_INFINITY
  let dead = false
  const open = new Set<Disposable>()
  const locks = new Set<string>()
  let keyring: KeyringState = 'unlocked'
  let refuseSecrets = false

  const effect = () => {
    if (left <= 0) dead = true
    if (dead) throw new Dead('the process has died')
    left--
  }
  const requireKeyring = () => {
    effect()
    if (keyring !== 'unlocked') throw new KeyringError(keyring, `the keyring is ${keyring}`)
  }
  const real = nodeFiles(directory)
  const through =
    <A extends readonly unknown[], R>(work: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      effect()
      return work(...given)
    }
  const files: Files = {
    read: through(real.read),
    write: through(real.write),
    sync: through(real.sync),
    rename: through(real.rename),
    remove: through(real.remove),
    list: through(real.list),
    syncDirectory: through(real.syncDirectory),
    async lock(path) {
      effect()
      // One process at a time, told at once.
      if (locks.size > 0) return null
      locks.add(path)
      return { release: async () => void locks.delete(path) }
    },
  }
  const engine: Engine = {
    open(...given) {
      effect()
      return kept(sqlcipher.open(...given))
    },
    create(...given) {
      effect()
      return kept(sqlcipher.create(...given))
    },
  }
  const kept = (connection: ReturnType<Engine['open']>): typeof connection => {
    open.add(connection)
    return {
      ...connection,
      atomically(work) {
        effect()
        return connection.atomically(work)
      },
    }
  }
  const ports = {
    files,
    keyring: {
      async get(item: KeyringItem) {
        requireKeyring()
        const found = secrets.get(keyOf(item))
        return found === undefined ? null : Uint8Array.from(found)
      },
      async set(item: KeyringItem, secret: Uint8Array) {
        requireKeyring()
        if (refuseSecrets) throw new KeyringError('denied', 'the keyring takes nothing')
        secrets.set(keyOf(item), Uint8Array.from(secret))
      },
      async delete(item: KeyringItem) {
        requireKeyring()
        return secrets.delete(keyOf(item))
      },
      find: async () => [],
      state: async () => keyring,
    },
    random: { bytes: (size: number) => randomBytes(size) },
    clock: { now: () => 0, after: async () => {} },
    kdf: { argon2id: async () => new Uint8Array(32) },
    log: { write: (line: string) => void log.push(line) },
  }
  const die = () => {
    dead = false
    left = Number.POSITIVE_INFINITY
    for (const connection of open) connection[Symbol.dispose]()
    open.clear()
    locks.clear()
  }
  return {
    directory,
    secrets,
    log,
    get keyring() {
      return keyring
    },
    set keyring(state) {
      keyring = state
    },
    get refuseSecrets() {
      return refuseSecrets
    },
    set refuseSecrets(refuses) {
      refuseSecrets = refuses
    },
    start: (build) =>
      openDatabaseVault({ namespace: 'desk', directory, ports }, { engine, ...(build === undefined ? {} : { build }) }),
    die,
    crashAt: (n) => {
      left = n
    },
    crashed: () => dead,
    files: () => new Map(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name))] as const)),
    [Symbol.dispose]() {
      die()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** What a vault answers, in one word: a code, or the value with bytes as text. */
export async function ask(vault: DatabaseVault, call: VaultCall): Promise<unknown> {
  return said(await vault.invoke(call))
}
function said(answer: Answer): unknown {
  if (answer.is === 'fail') return answer.failure.code
  if (answer.is === 'native') return 'native'
  return answer.value instanceof Uint8Array ? `=${Buffer.from(answer.value).toString()}` : answer.value
}
export const put = (name: string, text: string): VaultCall => ({ op: 'put', name, value: Buffer.from(text) })
export const get = (name: string): VaultCall => ({ op: 'get', name })
