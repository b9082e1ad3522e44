import type { VaultModule } from '../harness/contract/vault.ts'
import { auditDescription, auditVault } from './audit/audit-vault.ts'

/** The reference audit log, in this process: `module:./reference/audit-module.ts`. */
const auditModule: VaultModule = { description: auditDescription, open: auditVault }

export default auditModule
