import type { Code, Failure } from '../harness/contract/codes.ts'
import type { Description } from '../harness/contract/description.ts'
import type { Availability, Returned, UnlockMethod, VaultCall, VaultState } from '../harness/contract/operations.ts'
import type { Log } from '../harness/contract/platforms/desktop.ts'
import type { AuditLog } from './audit/audit-log.ts'
import { type DesktopAuditLogOptions, openDesktopAuditLog } from './audit/desktop-audit-log.ts'
import { readCapabilityFile } from './capabilities/capability-file.ts'
import { type Grants, grantsOf } from './capabilities/grants.ts'
import { guarded } from './capabilities/guarded.ts'
import { type CryptoModule, cryptoModule } from './crypto-module.ts'
import { type DesktopDatabase, type DesktopDatabaseOptions, openDesktopDatabase } from './database/desktop-database.ts'
import { description, pinDescription } from './description.ts'
import { Refusal } from './failure.ts'
import { calibrateKdf, type KdfCost, kdfDefault, kdfFloor, type PinCost } from './pin/kdf.ts'
import { nodePorts } from './ports/node-ports.ts'
import { type OfflineSigner, type OfflineSignerOptions, offlineSigner } from './signing/offline-signer.ts'
import type { Transaction } from './signing/transaction.ts'
import { openVault } from './vault.ts'

export type {
  AuditLog,
  Availability,
  Code,
  CryptoModule,
  DesktopAuditLogOptions,
  DesktopDatabase,
  DesktopDatabaseOptions,
  Failure,
  Grants,
  KdfCost,
  Log,
  OfflineSigner,
  OfflineSignerOptions,
  PinCost,
  Transaction,
  UnlockMethod,
  VaultState,
}
export {
  calibrateKdf,
  cryptoModule,
  grantsOf,
  guarded,
  kdfDefault,
  kdfFloor,
  nodePorts,
  offlineSigner,
  openDesktopAuditLog,
  openDesktopDatabase,
  openVault,
  Refusal,
  readCapabilityFile,
}

export interface DesktopVaultOptions {
  /** Under this the key is in the keyring: `com.example.notes`. No two vaults may share it. */
  readonly app: string
  /** A folder for the vault's files alone. Made at set-up. */
  readonly directory: string
  /** What set-up asks for: the keyring alone, or a PIN beside it. */
  readonly opens: 'keyring' | 'keyring-pin'
  /**
   * What guessing a PIN costs. Default `kdfDefault`, never below `kdfFloor`; `calibrateKdf` finds one for this machine. In
   * the approved profile PBKDF2: default 600,000 passes with SHA-256, never less.
   */
  readonly kdf?: PinCost
  /**
   * The approved (FIPS) profile: what is written or read by other algorithms than PBKDF2-HMAC, HKDF, HMAC-SHA-256 and
   * AES-256-GCM is refused. It says nothing of the module that computes them: `cryptoModule` does. Default false.
   */
  readonly approved?: boolean
  /** Gets lines without secrets, on left-overs that could not be removed. Default: nobody. */
  readonly log?: Log
}

/**
 * The vault of an app on this desktop. Every method fails with a `Refusal`, whose `failure.code` is one of the
 * contract's. Calls wait for each other. Secrets and PINs are bytes; the vault takes copies, and zeroing what was
 * passed or returned is the app's part.
 */
export interface DesktopVault extends AsyncDisposable {
  state(): Promise<VaultState>
  availability(): Promise<Availability>
  /** Makes the vault, and leaves it open. */
  setUp(pin?: Uint8Array): Promise<void>
  /** `wrong-pin` with what `remaining`, `locked-out-temporary` with `retryAfterMs`, `locked-out-permanent`. */
  unlock(pin?: Uint8Array): Promise<void>
  /** Zeroes the keys. Disposing does this too. */
  lock(): Promise<void>
  changePin(pin: Uint8Array, next: Uint8Array): Promise<void>
  addSlot(method: UnlockMethod, pin?: Uint8Array): Promise<void>
  removeSlot(method: UnlockMethod): Promise<void>
  slots(): Promise<readonly string[]>
  /** On disk when this resolves. */
  put(name: string, value: Uint8Array): Promise<void>
  /** Null where there is no such entry. */
  get(name: string): Promise<Uint8Array | null>
  delete(name: string): Promise<void>
  list(): Promise<readonly string[]>
  /** Destroys the vault and all that is in it. */
  reset(): Promise<void>
}

/** Nothing is read or written before the first call. Several processes may have a vault open. */
export function openDesktopVault(options: DesktopVaultOptions): DesktopVault {
  const { app, directory, opens, kdf, approved = false, log = silent } = options
  const context = { namespace: app, directory, ports: nodePorts(directory, log) }
  const vault = openVault(context, {
    description: whole,
    initial: opens,
    approved,
    ...(kdf === undefined ? {} : { kdf }),
  })

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
  const lock = () => done({ op: 'lock' })
  return {
    state: async () => (await ask({ op: 'state' })) as VaultState,
    availability: async () => (await ask({ op: 'availability' })) as Availability,
    setUp: (pin) => done({ op: 'setUp', pin: pin ?? null }),
    unlock: (pin) => done({ op: 'unlock', pin: pin ?? null }),
    lock,
    changePin: (pin, next) => done({ op: 'changePin', pin, next }),
    addSlot: (method, pin) => done({ op: 'addSlot', method, pin: pin ?? null }),
    removeSlot: (method) => done({ op: 'removeSlot', method }),
    slots: async () => (await ask({ op: 'slots' })) as readonly string[],
    put: (name, value) => done({ op: 'put', name, value }),
    get: async (name) => (await ask({ op: 'get', name }).catch(orNull)) as Uint8Array | null,
    delete: (name) => done({ op: 'delete', name }),
    list: async () => (await ask({ op: 'list' })) as readonly string[],
    reset: () => done({ op: 'reset' }),
    [Symbol.asyncDispose]: lock,
  }
}

/** All that the vault can do: an app may give a PIN to a vault that was set up without one. */
const whole: Description = {
  ...pinDescription,
  name: 'desktop',
  profiles: [...new Set([...description.profiles, ...pinDescription.profiles])],
  operations: [...new Set([...description.operations, ...pinDescription.operations])],
}

const silent: Log = { write() {} }
