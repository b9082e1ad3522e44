import { readFile } from 'node:fs/promises'
import type { Returned, VaultCall } from '../../../harness/contract/operations.ts'
import type { AndroidModule, Answer, Vault } from '../../../harness/contract/vault.ts'
import type { InstalledApp, NativeSide } from './phone/installed-app.ts'
import { probeSide } from './probe-side.ts'

const read = (name: string): Promise<string> => readFile(new URL(name, import.meta.url), 'utf8')

/** How a secret travels between page and native side, inside the app. */
type Carried = { readonly bytes: string } | { readonly text: string }

const inward = (secret: unknown): Uint8Array | string => {
  const carried = secret as Carried
  return 'bytes' in carried ? Uint8Array.from(Buffer.from(carried.bytes, 'base64')) : carried.text
}
const outward = (value: Returned): unknown =>
  value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('base64') } : value
const callOf = (sent: Readonly<Record<string, unknown>>): VaultCall => {
  const call: Record<string, unknown> = { ...sent }
  for (const key of ['value', 'pin', 'next']) {
    if (call[key] !== undefined && call[key] !== null) call[key] = inward(call[key])
  }
  // The page made it from the harness's own request, which was checked there.
  return call as unknown as VaultCall
}
const answerOf = (answer: Answer): unknown => (answer.is === 'ok' ? { is: 'ok', value: outward(answer.value) } : answer)

/** The native side of an app around a plugin that is written for Android. */
const nativeSide =
  (module: AndroidModule): InstalledApp['start'] =>
  (android): NativeSide => {
    let vault: Vault | null = null
    const probes = probeSide(android)
    return {
      async call(method, argument) {
        if (method.startsWith('probe-')) return probes.call(method.slice('probe-'.length), argument)
        switch (method) {
          case 'describe':
            return module.description
          case 'open':
            vault = module.open({ namespace: (argument as { readonly namespace: string }).namespace, android })
            return null
          case 'invoke': {
            if (vault === null) throw new Error('open comes first')
            return answerOf(await vault.invoke(callOf(argument as Readonly<Record<string, unknown>>)))
          }
          default:
            throw new Error(`the native side has no '${method}'`)
        }
      },
    }
  }

/** An app of the virtual phone around a plugin: the usual page, with Holdfast's bridge in it. */
export const pluginApp = async (module: AndroidModule): Promise<InstalledApp> => {
  const [index, app, bridge] = await Promise.all([
    read('./page/index.html'),
    read('./page/app.js'),
    read('../page-bridge.js'),
  ])
  return {
    package: 'dev.holdfast.vaultapp',
    label: 'Vault',
    versionCode: 1,
    files: new Map([
      ['index.html', index],
      ['app.js', app],
      ['page-bridge.js', bridge],
    ]),
    start: nativeSide(module),
  }
}
