import type { Random } from '../../harness/contract/platforms/desktop.ts'
import { keySize } from '../keys.ts'
import { type SecretBytes, takeSecret } from '../memory/secret-bytes.ts'
import { type SlotOf, slotBinding } from './slot.ts'
import { unwrap, wrap } from './wrap.ts'

/**
 * A phone's key store, holding a key that only a finger or face of this phone lets be used. Fails with a Refusal of the
 * contract's codes: `key-invalidated` after an enrolment, `user-cancelled`, `locked-out-temporary` ...
 */
export interface BiometricPort {
  /** Makes the key anew for this label and seals a secret with it. */
  seal(label: string, secret: Uint8Array): Promise<Uint8Array>
  /** Shows the prompt. The caller zeroes what it gets. */
  open(label: string, sealed: Uint8Array): Promise<Uint8Array>
  /** Destroys the key; nothing where there is none. */
  discard(label: string): Promise<void>
}

/** Under which name the key store keeps a vault's key. */
export const biometricLabel = (vaultId: Uint8Array): string => `holdfast/${Buffer.from(vaultId).toString('hex')}`

/** Makes the slot `biometric`: a random key wraps the vault key, and the phone seals that key. */
export async function createBiometricSlot(
  vaultId: Uint8Array,
  vaultKey: SecretBytes,
  port: BiometricPort,
  random: Random,
): Promise<SlotOf<'biometric'>> {
  using kek = takeSecret(random.bytes(keySize))
  const sealed = Buffer.from(await port.seal(biometricLabel(vaultId), kek.bytes)).toString('hex')
  const bare = { method: 'biometric', sealed } as const
  return { ...bare, wrapped: wrap(kek, slotBinding(vaultId, bare), vaultKey, random).toString('hex') }
}

/** The vault key, or null where the phone opened something else. */
export async function openBiometricSlot(
  vaultId: Uint8Array,
  slot: SlotOf<'biometric'>,
  port: BiometricPort,
): Promise<SecretBytes | null> {
  using kek = takeSecret(await port.open(biometricLabel(vaultId), Buffer.from(slot.sealed, 'hex')))
  if (kek.bytes.length !== keySize) return null
  const bare = { method: 'biometric', sealed: slot.sealed } as const
  return unwrap(kek, slotBinding(vaultId, bare), Buffer.from(slot.wrapped, 'hex'))
}
