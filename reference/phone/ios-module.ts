import type { IosModule } from '../../harness/contract/vault.ts'
import { iosDescription } from './description.ts'
import { iosEntries } from './ios/entries.ts'
import { phoneVault } from './phone-vault.ts'

/** The reference vault of an iOS app. */
const module: IosModule = {
  description: iosDescription,
  open: ({ namespace, ios }) => phoneVault(iosDescription, iosEntries(namespace, ios)),
}
export default module
