import type { VaultModule } from '../harness/contract/vault.ts'
import { description } from './description.ts'
import { openVault } from './vault.ts'

/** The reference vault for `module:`. */
const reference: VaultModule = { description, open: openVault }
export default reference
