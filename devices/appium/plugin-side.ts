import { readFile } from 'node:fs/promises'
import type { Description } from '../../harness/contract/description.ts'
import type { Returned, VaultCall } from '../../harness/contract/operations.ts'
import type { Answer, Vault } from '../../harness/contract/vault.ts'

/** What one process of an app runs beside its page, called by the page by name. */
export interface NativeSide {
  call(method: string, argument: unknown): Promise<unknown>
  /** Its process ends. */
  end?(): void
}

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

/**
 * The native side of an app around a plugin, in one process of it.
 * @param open makes the plugin, once its page says under which namespace
 * @param probes calls of our own, beside the plugin
 */
export const pluginSide = (
  description: Description,
  open: (namespace: string) => Vault,
  probes: NativeSide,
): NativeSide => {
  let vault: Vault | null = null
  return {
    async call(method, argument) {
      if (method.startsWith('probe-')) return probes.call(method.slice('probe-'.length), argument)
      switch (method) {
        case 'describe':
          return description
        case 'open':
          vault = open((argument as { readonly namespace: string }).namespace)
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

/** Files of the usual page, with Holdfast's bridge in it, by name. */
export const pluginPage = async (): Promise<ReadonlyMap<string, string>> => {
  const [index, app, bridge] = await Promise.all([
    read('./virtual-android/page/index.html'),
    read('./virtual-android/page/app.js'),
    read('./page-bridge.js'),
  ])
  return new Map([
    ['index.html', index],
    ['app.js', app],
    ['page-bridge.js', bridge],
  ])
}
