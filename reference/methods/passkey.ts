import type { Random } from '../../harness/contract/platforms/desktop.ts'
import { deriveKey, keySize } from '../keys.ts'
import { type SecretBytes, takeSecret } from '../memory/secret-bytes.ts'
import { type SlotOf, slotBinding } from './slot.ts'
import { unwrap, wrap } from './wrap.ts'

/** Passkeys with WebAuthn's extension `prf`. Fails with a Refusal of the contract's codes. */
export interface PasskeyPort {
  /** Makes a passkey and resolves with its credential id, or refuses with `unsupported` where it has no PRF. */
  register(): Promise<Uint8Array>
  /**
   * The PRF of a passkey over a salt, always with user verification, since without it the same passkey answers
   * otherwise. 32 bytes; the caller zeroes them.
   */
  evaluate(credential: Uint8Array, salt: Uint8Array): Promise<Uint8Array>
}

const use = 'slot passkey'

async function kekOf(
  vaultId: Uint8Array,
  port: PasskeyPort,
  credential: Uint8Array,
  salt: Uint8Array,
): Promise<SecretBytes | null> {
  using output = takeSecret(await port.evaluate(credential, salt))
  return output.bytes.length === keySize ? deriveKey(output.bytes, vaultId, use) : null
}

/** Makes the slot `passkey`. Null where the passkey's PRF answers with something that is no PRF's output. */
export async function createPasskeySlot(
  vaultId: Uint8Array,
  vaultKey: SecretBytes,
  port: PasskeyPort,
  random: Random,
): Promise<SlotOf<'passkey'> | null> {
  const credential = await port.register()
  const salt = random.bytes(keySize)
  using kek = await kekOf(vaultId, port, credential, salt)
  if (kek === null) return null
  const hex = { credential: Buffer.from(credential).toString('hex'), salt: Buffer.from(salt).toString('hex') }
  const bare = { method: 'passkey', ...hex } as const
  return { ...bare, wrapped: wrap(kek, slotBinding(vaultId, bare), vaultKey, random).toString('hex') }
}

/** The vault key, or null where the passkey's PRF answered otherwise than when the slot was made. */
export async function openPasskeySlot(
  vaultId: Uint8Array,
  slot: SlotOf<'passkey'>,
  port: PasskeyPort,
): Promise<SecretBytes | null> {
  const { credential, salt } = slot
  using kek = await kekOf(vaultId, port, Buffer.from(credential, 'hex'), Buffer.from(salt, 'hex'))
  if (kek === null) return null
  return unwrap(kek, slotBinding(vaultId, { method: 'passkey', credential, salt }), Buffer.from(slot.wrapped, 'hex'))
}
