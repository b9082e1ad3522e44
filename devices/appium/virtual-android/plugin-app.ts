import type { AndroidModule } from '../../../harness/contract/vault.ts'
import { pluginPage, pluginSide } from '../plugin-side.ts'
import type { InstalledApp } from './phone/installed-app.ts'
import { probeSide } from './probe-side.ts'

/** An app of the virtual phone around a plugin: the usual page, with Holdfast's bridge in it. */
export const pluginApp = async ({ description, open }: AndroidModule): Promise<InstalledApp> => ({
  package: 'dev.holdfast.vaultapp',
  label: 'Vault',
  versionCode: 1,
  files: await pluginPage(),
  start: (android) => pluginSide(description, (namespace) => open({ namespace, android }), probeSide(android)),
})
