import type { VaultModule } from '../harness/contract/vault.ts'
import { signingDescription, signingVault } from './signing/signing-vault.ts'

/** The reference signer, with Ed25519, in this process: `module:./reference/signing-module.ts`. */
const signingModule: VaultModule = { description: signingDescription('ed25519'), open: signingVault('ed25519') }

export default signingModule
