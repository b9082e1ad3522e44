import type { Description } from '../harness/contract/description.ts'
import type { Returned, UnlockMethod, VaultCall } from '../harness/contract/operations.ts'
import type { Vault, VaultContext } from '../harness/contract/vault.ts'
import { limits } from './description.ts'
import { failureOf, Refusal } from './failure.ts'
import { type Lifecycle, lifecycle } from './lifecycle.ts'
import { copySecret } from './memory/secret-bytes.ts'
import type { BiometricPort } from './methods/biometric.ts'
import type { PasskeyPort } from './methods/passkey.ts'
import { oneOfCopies } from './one-of-copies.ts'
import { kdfDefault, type PinCost } from './pin/kdf.ts'
import { pbkdf2Default } from './pin/pbkdf2.ts'
import { pinDigits, requirePin } from './pin/pin.ts'
import { queue } from './queue.ts'
import { unlockPrompt } from './unlock-prompt.ts'

/** What an app chooses. */
export interface VaultOptions {
  readonly description: Description
  /** The slot that set-up makes. */
  readonly initial: UnlockMethod
  /** What a PIN's key derivation costs in new slots; `calibrateKdf` finds one. Never below the floor. */
  readonly kdf?: PinCost
  /**
   * The approved (FIPS) profile: nothing is written or read by other algorithms than PBKDF2-HMAC, HKDF, HMAC-SHA-256 and
   * AES-256-GCM. Refused as `unsupported` on writing, as `wrong-format` on reading. Default false.
   */
  readonly approved?: boolean
  readonly biometric?: BiometricPort
  readonly passkey?: PasskeyPort
}

/**
 * The reference vault: a random key, wrapped for each way to open it; entries sealed with it in files of their own; and
 * an anchor in the operating system's keyring that says which files count. One operation at a time; an operation that
 * succeeded is on disk, one that failed changed nothing, one that a crash cut short left each entry old or new. Several
 * processes may have it open.
 */
export function openVault(context: VaultContext, options: VaultOptions): Vault {
  const { description, initial, kdf: wanted, ...more } = options
  const cost = wanted ?? (options.approved === true ? pbkdf2Default : kdfDefault)
  const { kdf, random } = context.ports
  const keyring = oneOfCopies(context.ports.keyring)
  const life = lifecycle({ ...context, ports: { ...context.ports, keyring } }, { kdf, random, cost, ...more }, initial)
  const inTurn = queue()
  const unlocked = unlockPrompt(context.ports.keyring)
  const expectPin = () => {
    if (initial === 'keyring-pin') kdf.prepare?.()
  }
  expectPin()
  return {
    description,
    async invoke(call) {
      const held = new DisposableStack()
      try {
        const mine = checked(call, held)
        // Nobody else waits while a person is asked.
        const value = await unlocked(() => inTurn(() => perform(life, mine)))
        if (call.op === 'lock') expectPin()
        return { is: 'ok', value }
      } catch (error) {
        if (call.op === 'unlock') expectPin()
        return { is: 'fail', failure: failureOf(error) }
      } finally {
        held.dispose()
      }
    },
  }
}

/**
 * Refuses what can be refused before waiting, and takes copies in locked memory of secrets that the caller may change
 * or zero meanwhile.
 */
function checked(call: VaultCall, held: DisposableStack): VaultCall {
  const own = (secret: Uint8Array) => held.use(copySecret(secret)).bytes
  const ownPin = (pin: Uint8Array | string): Uint8Array => {
    if (typeof pin === 'string' || pin.length > pinDigits.most) return requirePin(pin)
    return own(pin)
  }
  if ('name' in call && call.name !== undefined && call.name.length > limits.name)
    throw new Refusal('too-large', { limit: limits.name, reason: 'the name' })
  switch (call.op) {
    case 'put':
      if (typeof call.value === 'string') throw new Refusal('invalid-argument', { reason: 'values are bytes' })
      if (call.value.length > limits.value) throw new Refusal('too-large', { limit: limits.value, reason: 'the value' })
      return { ...call, value: own(call.value) }
    case 'changePin':
      return {
        ...call,
        next: ownPin(call.next),
        pin: call.pin === undefined || call.pin === null ? null : ownPin(call.pin),
      }
    case 'setUp':
    case 'unlock':
    case 'addSlot':
      return call.pin === undefined || call.pin === null ? { ...call, pin: null } : { ...call, pin: ownPin(call.pin) }
    default:
      return call
  }
}

async function perform(life: Lifecycle, call: VaultCall): Promise<Returned> {
  switch (call.op) {
    case 'put':
      await (await life.entries()).put(nameOf(call), bytesOf(call.value))
      return null
    case 'get':
      return found(await (await life.entries()).get(nameOf(call)))
    case 'delete':
      await (await life.entries()).delete(nameOf(call))
      return null
    case 'has':
      return wiped(await (await life.entries()).get(nameOf(call)))
    case 'list':
      return await (await life.entries()).list()
    case 'availability':
      return await life.availability()
    case 'setUp':
      await life.setUp(pinOf(call))
      return null
    case 'unlock':
      await life.unlock(pinOf(call))
      return null
    case 'changePin':
      await (await life.slots()).changePin(pinOf(call), bytesOf(call.next))
      return null
    case 'addSlot':
      await (await life.slots()).add(call.method, pinOf(call))
      return null
    case 'removeSlot':
      await (await life.slots()).remove(call.method)
      return null
    case 'slots':
      return await (await life.slots()).methods()
    case 'lock':
      life.lock()
      return null
    case 'state':
      return await life.state()
    case 'reset':
      await life.reset()
      return null
    default:
      throw new Refusal('unsupported')
  }
}

/** Null where nobody gave a PIN. */
const pinOf = ({ pin = null }: { readonly pin?: Uint8Array | string | null }): Uint8Array | null =>
  pin === null ? null : bytesOf(pin)

function nameOf(call: { readonly name?: string }): string {
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
/** Whether it was there; the value itself is not wanted. */
function wiped(value: Uint8Array | null): boolean {
  value?.fill(0)
  return value !== null
}
