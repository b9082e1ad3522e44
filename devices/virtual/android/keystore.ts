import { createSecretKey, type KeyObject } from 'node:crypto'
import type { KeyGenParameterSpec, Transformation } from '../../../harness/contract/platforms/android.ts'
import type { RepeatableRandom } from '../../simulation/random.ts'
import { type AuthToken, allowsOperation, allowsWithin } from './auth-tokens.ts'
import { compute, ivBytes, keyBytes } from './ciphertexts.ts'
import { type KeyAuthorization, keyAuthorization } from './key-sids.ts'
import type { Phone } from './phone.ts'

/** Numbers that the keystore refuses with: of itself (over 0) and of KeyMint (below). */
export type KeystoreCode = 2 | 7 | 17 | -3 | -21 | -26 | -28 | -30 | -33 | -38
/** `-30` verification failed (bad tag), `-38` invalid argument (bad padding), `-21` input length, `-3` wrong use. */
export const isRefusal = (result: unknown): result is KeystoreCode => typeof result === 'number'

export interface StoredKey {
  readonly alias: string
  readonly transformation: Transformation
  /** Kept as node:crypto wants it: handing it bytes at each use takes three times as long. */
  readonly secret: KeyObject
  /** Null: asks for nobody. */
  readonly authorization: KeyAuthorization | null
  readonly unlockedDeviceRequired: boolean
  /** Its screen lock is gone, and the keystore still has the row. */
  lost: boolean
  /** Fault `update-breaks-keys`. */
  broken: boolean
}

/** One use of a key, begun and not yet finished. */
export interface Operation {
  readonly key: StoredKey
  readonly mode: 'encrypt' | 'decrypt'
  readonly iv: Uint8Array
  /** Of keys that ask for each use: what a token must be made for. Null for others. */
  readonly challenge: string | null
  /** Taken away since too many others were begun. */
  pruned: boolean
}

export interface Keystore {
  readonly keys: ReadonlyMap<string, StoredKey>
  generate(spec: KeyGenParameterSpec): StoredKey
  delete(alias: string): void
  begin(key: StoredKey, mode: 'encrypt' | 'decrypt', iv: Uint8Array | null): Operation | KeystoreCode
  finish(operation: Operation, aad: Uint8Array, input: Uint8Array): Uint8Array | KeystoreCode
  abort(operation: Operation): void
  addToken(token: AuthToken): void
  /** The screen lock is gone: so are the keys that were bound to a person. */
  screenLockLost(): void
  /** Fault `unlocked-device-keys-deleted`: keys with `setUnlockedDeviceRequired` go. */
  deleteUnlockedDeviceKeys(): void
  /** Fault `update-breaks-keys`, of all keys that are there. */
  setBroken(broken: boolean): void
  /** Nobody has authenticated since the phone started. */
  forgetTokens(): void
  clear(): void
  /** Values decrypted since `reset`. */
  secretReads(): number
  reset(): void
}

/** Operations that can go on at once; the oldest makes way. */
export const operationSlots = 15
const tokensKept = 8
const refusals = { 'bad-tag': -30, 'bad-padding': -38, 'input-length': -21 } as const

/** Keystore2 and KeyMint of a phone: one app's keys, whose bytes never leave. Everything happens at once. */
export const createKeystore = (phone: Phone, random: RepeatableRandom, now: () => number): Keystore => {
  const keys = new Map<string, StoredKey>()
  let operations: Operation[] = []
  let tokens: AuthToken[] = []
  let secretReads = 0
  const drawn = (size: number) => random.port.bytes(size)

  /** Whether the phone's state keeps the key shut, whoever authenticates. */
  const shut = ({ authorization, unlockedDeviceRequired }: StoredKey): boolean =>
    (authorization !== null && !phone.firstUnlockDone) || (unlockedDeviceRequired && !phone.unlocked)
  const authenticatedLately = ({ authorization }: StoredKey): boolean =>
    authorization === null || tokens.some((token) => allowsWithin(token, authorization, now()))
  const end = (operation: Operation) => {
    if (operations.length > 0) operations = operations.filter((other) => other !== operation)
  }

  return {
    keys,
    generate(spec) {
      const key: StoredKey = {
        alias: spec.alias,
        transformation: spec.transformation,
        secret: createSecretKey(drawn(keyBytes)),
        authorization: keyAuthorization(spec, phone),
        unlockedDeviceRequired: spec.unlockedDeviceRequired === true,
        lost: false,
        broken: false,
      }
      keys.set(spec.alias, key)
      return key
    },
    delete(alias) {
      keys.delete(alias)
    },
    begin(key, mode, iv) {
      // The public half of a pair asks nobody and nothing.
      const asksNobody = key.transformation === 'RSA/ECB/OAEPPadding' && mode === 'encrypt'
      if (!asksNobody) {
        if (key.lost) return 17
        if (key.broken) return -33
        if (shut(key)) return 2
      }
      const { authorization } = key
      const everyUse = authorization !== null && authorization.seconds === 0 && !asksNobody
      if (!everyUse && !asksNobody && !authenticatedLately(key)) return -26
      const operation: Operation = {
        key,
        mode,
        iv: iv === null ? drawn(ivBytes[key.transformation]) : iv,
        challenge: everyUse ? Buffer.from(drawn(8)).toString('hex') : null,
        pruned: false,
      }
      operations.push(operation)
      const oldest = operations.length > operationSlots ? operations.shift() : undefined
      if (oldest !== undefined) oldest.pruned = true
      return operation
    },
    finish(operation, aad, input) {
      const { key, challenge, mode, iv } = operation
      end(operation)
      if (operation.pruned) return -28
      const { authorization } = key
      if (challenge !== null && authorization !== null)
        if (!tokens.some((token) => allowsOperation(token, authorization, challenge))) return -26
      const { transformation, secret } = key
      const result = compute({ transformation, mode, key: secret, iv, aad, input, random: drawn })
      if (typeof result === 'string') return refusals[result]
      if (mode === 'decrypt') secretReads += 1
      return result
    },
    abort: end,
    addToken(token) {
      if (phone.muted && token.by === 'biometric') return
      tokens.push(token)
      if (tokens.length > tokensKept) tokens.shift()
    },
    screenLockLost() {
      for (const key of [...keys.values()]) {
        if (key.authorization === null) continue
        if (phone.rules.lostLock === 'no-key') keys.delete(key.alias)
        else key.lost = true
      }
    },
    deleteUnlockedDeviceKeys() {
      for (const key of [...keys.values()]) if (key.unlockedDeviceRequired) keys.delete(key.alias)
    },
    setBroken(broken) {
      for (const key of keys.values()) key.broken = broken
    },
    forgetTokens() {
      if (tokens.length > 0) tokens = []
    },
    clear() {
      if (keys.size > 0) keys.clear()
    },
    secretReads: () => secretReads,
    reset() {
      keys.clear()
      operations = []
      tokens = []
      secretReads = 0
    },
  }
}
