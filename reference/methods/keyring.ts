import type { Random } from '../../harness/contract/platforms/desktop.ts'
import { deriveKey, keySize } from '../keys.ts'
import { type SecretBytes, takeSecret } from '../memory/secret-bytes.ts'
import { type SlotOf, slotBinding } from './slot.ts'
import { unwrap, wrap } from './wrap.ts'

const use = 'slot keyring'
const bare = { method: 'keyring' } as const

/** Makes the slot `keyring`. Its secret goes into the operating system's keyring, and is the caller's to dispose of. */
export function createKeyringSlot(vaultId: Uint8Array, vaultKey: SecretBytes, random: Random) {
  const secret = takeSecret(random.bytes(keySize))
  using kek = deriveKey(secret.bytes, vaultId, use)
  const wrapped = wrap(kek, slotBinding(vaultId, bare), vaultKey, random).toString('hex')
  const slot: SlotOf<'keyring'> = { ...bare, wrapped }
  return { slot, secret }
}

/** The vault key, or null where the secret is not this slot's. */
export function openKeyringSlot(vaultId: Uint8Array, slot: SlotOf<'keyring'>, secret: Uint8Array): SecretBytes | null {
  using kek = deriveKey(secret, vaultId, use)
  return unwrap(kek, slotBinding(vaultId, bare), Buffer.from(slot.wrapped, 'hex'))
}
