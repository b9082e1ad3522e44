import type { VaultModule } from '../harness/contract/vault.ts'
import { asDescribed } from './as-described.ts'
import { capabilitiesDescription, capabilitiesVault } from './capabilities/capabilities-vault.ts'
import { description as plain } from './description.ts'
import { openVault } from './vault.ts'

const description = capabilitiesDescription(plain)

/** The reference vault behind capability files, in this process: `module:./reference/capabilities-module.ts`. */
const capabilitiesModule: VaultModule = {
  description,
  open: (context) =>
    capabilitiesVault(asDescribed(openVault(context, { description: plain, initial: 'keyring' })), description),
}

export default capabilitiesModule
