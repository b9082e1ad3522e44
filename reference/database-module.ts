import type { VaultModule } from '../harness/contract/vault.ts'
import { openDatabaseVault } from './database/database-vault.ts'
import { description } from './database/description.ts'

/** The vault on an encrypted database for `module:`. Native code opens real files, so it runs on this machine alone. */
const reference: VaultModule = { description, open: (context) => openDatabaseVault(context) }
export default reference
