import type { Kdf, Random } from '../../harness/contract/platforms/desktop.ts'
import { Refusal } from '../failure.ts'
import { deriveKey, keySize, mac } from '../keys.ts'
import { joinSecrets, type SecretBytes, takeSecret } from '../memory/secret-bytes.ts'
import { atLeastFloor, type KdfParameters, type PinCost, raised, saltSize } from '../pin/kdf.ts'
import { type SlotOf, slotBinding } from './slot.ts'
import { unwrap, wrap } from './wrap.ts'

/**
 * The key of the slot, from both factors: HKDF over the keyring's secret and the stretched PIN. What is stretched is
 * the PIN's HMAC under the secret, so that the working memory holds no PIN, and the result alone is worth nothing.
 */
async function deriveKek(
  kdf: Kdf,
  vaultId: Uint8Array,
  parameters: KdfParameters,
  secret: Uint8Array,
  pin: Uint8Array,
): Promise<SecretBytes> {
  using pepper = deriveKey(secret, vaultId, 'pin pepper')
  using password = takeSecret(mac(pepper.bytes, pin))
  using stretched = takeSecret(await stretch(kdf, parameters, password.bytes))
  using both = joinSecrets(secret, stretched.bytes)
  return deriveKey(both.bytes, vaultId, 'slot keyring-pin')
}

async function stretch(kdf: Kdf, parameters: KdfParameters, password: Uint8Array): Promise<Uint8Array> {
  const input = { password, salt: Buffer.from(parameters.salt, 'hex'), length: keySize }
  if (parameters.id === 'argon2id') {
    const { memoryKiB, iterations, parallelism } = parameters
    return kdf.argon2id({ ...input, memoryKiB, iterations, parallelism })
  }
  if (kdf.pbkdf2 === undefined) throw new Refusal('unsupported', { reason: 'there is no PBKDF2 here' })
  const digest = parameters.id === 'pbkdf2-hmac-sha256' ? 'sha256' : 'sha512'
  return kdf.pbkdf2({ ...input, digest, iterations: parameters.iterations })
}

/** What a PIN slot is made from. */
export interface PinSlotSource {
  readonly kdf: Kdf
  readonly random: Random
  readonly cost: PinCost
  readonly pin: Uint8Array
}

/** Makes the slot `keyring-pin`, never below the floor. Its secret is new, and the caller's to dispose of. */
export async function createPinSlot(vaultId: Uint8Array, vaultKey: SecretBytes, source: PinSlotSource) {
  const { kdf, random, pin } = source
  const salt = Buffer.from(random.bytes(saltSize)).toString('hex')
  const cost = raised(source.cost)
  const parameters: KdfParameters = 'id' in cost ? { ...cost, salt } : { id: 'argon2id', ...cost, salt }
  const bare = { method: 'keyring-pin', kdf: parameters } as const
  const secret = takeSecret(random.bytes(keySize))
  try {
    using kek = await deriveKek(kdf, vaultId, parameters, secret.bytes, pin)
    const wrapped = wrap(kek, slotBinding(vaultId, bare), vaultKey, random).toString('hex')
    const slot: SlotOf<'keyring-pin'> = { ...bare, wrapped }
    return { slot, secret }
  } catch (error) {
    secret[Symbol.dispose]()
    throw error
  }
}

/** The vault key, or null where the PIN is wrong: the slot was authenticated before, so that nothing else can be. */
export async function openPinSlot(
  kdf: Kdf,
  vaultId: Uint8Array,
  slot: SlotOf<'keyring-pin'>,
  secret: Uint8Array,
  pin: Uint8Array,
): Promise<SecretBytes | null> {
  using kek = await deriveKek(kdf, vaultId, slot.kdf, secret, pin)
  const bare = { method: 'keyring-pin', kdf: slot.kdf } as const
  return unwrap(kek, slotBinding(vaultId, bare), Buffer.from(slot.wrapped, 'hex'))
}

/** Whether the slot may be opened: what is cheaper to guess than the floor was not written by this vault. */
export const isStrong = (slot: SlotOf<'keyring-pin'>): boolean => atLeastFloor(slot.kdf)
