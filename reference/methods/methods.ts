import type { UnlockMethod } from '../../harness/contract/operations.ts'
import type { Kdf, Random } from '../../harness/contract/platforms/desktop.ts'
import type { Anchor, AnchoredMethod } from '../anchor.ts'
import { Refusal } from '../failure.ts'
import type { SecretBytes } from '../memory/secret-bytes.ts'
import { requireApprovedMethod } from '../pin/approved.ts'
import type { PinCost } from '../pin/kdf.ts'
import { requirePin } from '../pin/pin.ts'
import { type BiometricPort, createBiometricSlot, openBiometricSlot } from './biometric.ts'
import { createKeyringSlot, openKeyringSlot } from './keyring.ts'
import { createPinSlot } from './keyring-pin.ts'
import { createPasskeySlot, openPasskeySlot, type PasskeyPort } from './passkey.ts'
import type { Slot, SlotOf } from './slot.ts'

/** What the methods work with. A method whose port is not there is `unsupported`. */
export interface MethodPorts {
  readonly kdf: Kdf
  readonly random: Random
  readonly cost: PinCost
  /** Algorithms that FIPS approves alone, for writing and for reading. */
  readonly approved?: boolean
  readonly biometric?: BiometricPort
  readonly passkey?: PasskeyPort
}

/** A slot that was made, and its secret for the keyring where it has one; disposing zeroes that. */
export interface NewSlot extends Disposable {
  readonly slot: Slot
  readonly secrets: Readonly<Partial<Record<AnchoredMethod, Uint8Array>>>
}
const withSecret = (method: AnchoredMethod, made: { slot: Slot; secret: SecretBytes }): NewSlot => ({
  slot: made.slot,
  secrets: { [method]: made.secret.bytes },
  [Symbol.dispose]: () => made.secret[Symbol.dispose](),
})
const withoutSecret = (slot: Slot): NewSlot => ({ slot, secrets: {}, [Symbol.dispose]() {} })
const missing = () => new Refusal('unsupported', { reason: 'there is no such method here' })

/** Wraps the vault key for a method. @throws Refusal `unsupported`, `invalid-argument` without a proper PIN. */
export async function createSlot(
  ports: MethodPorts,
  vaultId: Uint8Array,
  vaultKey: SecretBytes,
  method: UnlockMethod,
  pin: Uint8Array | null,
): Promise<NewSlot> {
  const { random, biometric, passkey } = ports
  if (ports.approved === true) requireApprovedMethod(method, ports.cost)
  switch (method) {
    case 'keyring':
      return withSecret(method, createKeyringSlot(vaultId, vaultKey, random))
    case 'keyring-pin':
      return withSecret(method, await createPinSlot(vaultId, vaultKey, { ...ports, pin: requirePin(pin) }))
    case 'biometric':
      if (biometric === undefined) throw missing()
      return withoutSecret(await createBiometricSlot(vaultId, vaultKey, biometric, random))
    case 'passkey': {
      if (passkey === undefined) throw missing()
      const slot = await createPasskeySlot(vaultId, vaultKey, passkey, random)
      if (slot === null) throw new Refusal('unsupported', { reason: 'the passkey has no usable PRF' })
      return withoutSecret(slot)
    }
  }
}

/** Every slot but that of the PIN, which is guessed at. */
export type PlainSlot = Exclude<Slot, SlotOf<'keyring-pin'>>

/** Takes the vault key out of an authenticated slot. @throws Refusal `key-invalidated` where its key is another now. */
export async function openSlot(ports: MethodPorts, anchor: Anchor, slot: PlainSlot): Promise<SecretBytes> {
  const key = await tryOpen(ports, anchor, slot)
  if (key === null) throw new Refusal('key-invalidated', { reason: `the key of the slot '${slot.method}' is gone` })
  return key
}

async function tryOpen(
  { biometric, passkey }: MethodPorts,
  anchor: Anchor,
  slot: PlainSlot,
): Promise<SecretBytes | null> {
  switch (slot.method) {
    case 'keyring': {
      const secret = anchor.secret('keyring')
      return secret === null ? null : openKeyringSlot(anchor.id, slot, secret)
    }
    case 'biometric':
      if (biometric === undefined) throw missing()
      return openBiometricSlot(anchor.id, slot, biometric)
    case 'passkey':
      if (passkey === undefined) throw missing()
      return openPasskeySlot(anchor.id, slot, passkey)
  }
}
