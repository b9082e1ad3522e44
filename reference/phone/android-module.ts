import type { AndroidModule } from '../../harness/contract/vault.ts'
import { androidEntries } from './android/entries.ts'
import { androidDescription } from './description.ts'
import { phoneVault } from './phone-vault.ts'

/** The reference vault of an Android app. */
const module: AndroidModule = {
  description: androidDescription,
  open: ({ namespace, android }) => phoneVault(androidDescription, androidEntries(namespace, android)),
}
export default module
