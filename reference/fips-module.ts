import type { VaultModule } from '../harness/contract/vault.ts'
import { asDescribed } from './as-described.ts'
import { approvedDescription as description } from './description.ts'
import { openVault } from './vault.ts'

/** The reference vault with a PIN in the approved profile: `module:./reference/fips-module.ts`. */
const reference: VaultModule = {
  description,
  open: (context) => {
    const approved = context.release !== description.approved?.outside
    return asDescribed(openVault(context, { description, initial: 'keyring-pin', approved }))
  },
}
export default reference
