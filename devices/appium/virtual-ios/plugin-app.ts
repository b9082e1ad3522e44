import type { IosModule } from '../../../harness/contract/vault.ts'
import { diallingSide } from '../dial/dialling-side.ts'
import { pluginPage, pluginSide } from '../plugin-side.ts'
import type { InstalledIosApp } from './phone/installed-app.ts'
import { probeSide } from './probe-side.ts'

/**
 * An app of the virtual iPhone around a plugin: the usual page, with Holdfast's bridge in it. Where it is started with an
 * address to dial, its plugin is served there, as an app without a page does.
 */
export const pluginApp = async ({ description, open }: IosModule): Promise<InstalledIosApp> => {
  const [files, dial] = await Promise.all([pluginPage(), diallingSide()])
  return {
    bundleId: 'dev.holdfast.vaultapp',
    label: 'Vault',
    files,
    start(ios, { HOLDFAST_DIAL: url }) {
      const opened = (namespace: string) => open({ namespace, ios })
      const side = pluginSide(description, opened, probeSide(ios))
      if (url === undefined) return side
      const line = dial(url, description, opened)
      return { ...side, end: () => line.close() }
    },
  }
}
