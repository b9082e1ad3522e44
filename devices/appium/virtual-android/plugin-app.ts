import type { AndroidModule } from '../../../harness/contract/vault.ts'
import { diallingSide } from '../dial/dialling-side.ts'
import { pluginPage, pluginSide } from '../plugin-side.ts'
import type { InstalledApp } from './phone/installed-app.ts'
import { probeSide } from './probe-side.ts'

/**
 * An app of the virtual phone around a plugin: the usual page, with Holdfast's bridge in it. Where its intent has an address
 * to dial, its plugin is served there, as an app without a page does.
 */
export const pluginApp = async ({ description, open }: AndroidModule): Promise<InstalledApp> => {
  const [files, dial] = await Promise.all([pluginPage(), diallingSide()])
  return {
    package: 'dev.holdfast.vaultapp',
    label: 'Vault',
    versionCode: 1,
    files,
    start(android, { HOLDFAST_DIAL: url }) {
      const opened = (namespace: string) => open({ namespace, android })
      const side = pluginSide(description, opened, probeSide(android))
      if (url === undefined) return side
      const line = dial(url, description, opened)
      return { ...side, end: () => line.close() }
    },
  }
}
