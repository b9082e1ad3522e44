import type { Kdf } from '../../harness/contract/platforms/desktop.ts'
import type { Anchor, AnchorChanges } from '../anchor.ts'
import { Refusal } from '../failure.ts'
import type { SecretBytes } from '../memory/secret-bytes.ts'
import { isStrong, openPinSlot } from '../methods/keyring-pin.ts'
import type { SlotOf } from '../methods/slot.ts'
import { attempts, type Lockout } from './lockout.ts'

/** Where wrong PINs are counted. */
export interface Count {
  readonly anchor: Anchor
  commit(files: readonly [], changes: AnchorChanges, becomes: Readonly<Record<never, never>>): Promise<void>
}

/**
 * Tries a PIN on its slot, whose header has been authenticated. A wrong one is counted in the keyring before anybody is
 * told, so that no kill takes a guess back; killed before that, nothing was told and nothing was counted. The caller is
 * alone with the vault from the reading of the count on, so that no two processes take the same guess.
 * @returns the vault key.
 * @throws Refusal `wrong-pin`, `locked-out-temporary`, `locked-out-permanent`, `corrupt`; what the keyring fails with.
 */
export async function guess(
  kdf: Kdf,
  lockout: Lockout,
  change: Count,
  slot: SlotOf<'keyring-pin'>,
  pin: Uint8Array,
): Promise<SecretBytes> {
  if (!isStrong(slot)) throw new Refusal('corrupt', { reason: 'the key derivation is below the floor' })
  const { id, failures } = change.anchor
  lockout.admit(failures)
  const secret = change.anchor.secret('keyring-pin')
  if (secret === null) throw new Refusal('corrupt', { reason: 'the keyring has no secret for the PIN' })
  const key = await openPinSlot(kdf, id, slot, secret, pin)
  if (key === null) {
    await change.commit([], { failures: failures + 1 }, {})
    lockout.failed(failures + 1)
    const remaining = Math.max(0, attempts.free - failures - 1)
    throw new Refusal('wrong-pin', { remaining, limit: attempts.free })
  }
  try {
    if (failures > 0) await change.commit([], { failures: 0 }, {})
    return key
  } catch (error) {
    key[Symbol.dispose]()
    throw error
  }
}
