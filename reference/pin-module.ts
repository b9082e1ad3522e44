import type { VaultModule } from '../harness/contract/vault.ts'
import { asDescribed } from './as-described.ts'
import { pinDescription as description } from './description.ts'
import { openVault } from './vault.ts'

/** The reference vault for `module:`, opened by the keyring and a PIN together. */
const reference: VaultModule = {
  description,
  open: (context) => asDescribed(openVault(context, { description, initial: 'keyring-pin' })),
}
export default reference
