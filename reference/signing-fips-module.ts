import type { VaultModule } from '../harness/contract/vault.ts'
import { signingDescription, signingVault } from './signing/signing-vault.ts'

const algorithm = 'ecdsa-p256-sha256'

/** The reference signer in the approved profile, with ECDSA P-256: `module:./reference/signing-fips-module.ts`. */
const signingModule: VaultModule = { description: signingDescription(algorithm), open: signingVault(algorithm, true) }

export default signingModule
