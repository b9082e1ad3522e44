import type { IosModule } from '../../../harness/contract/vault.ts'
import { pluginPage, pluginSide } from '../plugin-side.ts'
import type { InstalledIosApp } from './phone/installed-app.ts'
import { probeSide } from './probe-side.ts'

/** An app of the virtual iPhone around a plugin: the usual page, with Holdfast's bridge in it. */
export const pluginApp = async ({ description, open }: IosModule): Promise<InstalledIosApp> => ({
  bundleId: 'dev.holdfast.vaultapp',
  label: 'Vault',
  files: await pluginPage(),
  start: (ios) => pluginSide(description, (namespace) => open({ namespace, ios }), probeSide(ios)),
})
