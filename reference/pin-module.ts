import type { VaultModule } from '../harness/contract/vault.ts'
import { asDescribed } from './as-described.ts'
import { pinDescription as description } from './description.ts'
import { type KdfCost, kdfDefault } from './pin/kdf.ts'
import { openVault } from './vault.ts'

/** Each later release asks one pass more of a new PIN, so that what an older one made has to open all the same. */
const kdfOf = (release: number): KdfCost => ({ ...kdfDefault, iterations: kdfDefault.iterations + release - 1 })

/** The reference vault for `module:`, opened by the keyring and a PIN together. */
const reference: VaultModule = {
  description,
  open: (context) =>
    asDescribed(openVault(context, { description, initial: 'keyring-pin', kdf: kdfOf(context.release ?? 1) })),
}
export default reference
