import type { UnlockMethod } from '../../harness/contract/operations.ts'
import { Refusal } from '../failure.ts'
import type { Slot } from '../methods/slot.ts'
import type { PinCost } from './kdf.ts'

/*
 * The approved profile: PBKDF2-HMAC for PINs, HKDF and HMAC with SHA-256, AES-256-GCM. What else a header asks for is
 * refused before anything is derived by it. Phones and passkeys use keys of others, of which nothing is known here.
 */
const why = 'the approved profile'

/** @throws Refusal `unsupported` for a slot that the profile does not write */
export function requireApprovedMethod(method: UnlockMethod, cost: PinCost): void {
  if (method === 'keyring' || (method === 'keyring-pin' && 'id' in cost)) return
  throw new Refusal('unsupported', { reason: `${why} writes no slot '${method}'${'id' in cost ? '' : ' by Argon2id'}` })
}

/** @throws Refusal `wrong-format` where one of these slots is none that the profile reads */
export function requireApprovedSlots(slots: readonly Slot[]): void {
  for (const slot of slots) {
    if (slot.method === 'keyring' || (slot.method === 'keyring-pin' && slot.kdf.id !== 'argon2id')) continue
    const by = slot.method === 'keyring-pin' ? 'a PIN by Argon2id' : `a slot '${slot.method}'`
    throw new Refusal('wrong-format', { reason: `${why} does not read ${by}` })
  }
}
