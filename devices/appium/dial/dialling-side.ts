import { webcrypto } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { runInNewContext } from 'node:vm'
import type { Description } from '../../../harness/contract/description.ts'
import type { VaultCall } from '../../../harness/contract/operations.ts'
import type { Vault } from '../../../harness/contract/vault.ts'

/** The engine of an app without a page, as far as it is talked to from outside. */
interface Engine {
  readonly holdfast: {
    serve(adapter: { readonly description: Description; open(namespace: string): Pick<Vault, 'invoke'> }): void
    dial(url: string): { close(): void }
  }
}

const read = (name: string): Promise<string> => readFile(new URL(name, import.meta.url), 'utf8')

/** Starts the script side of such an app around a plugin, and dials. Returns what hangs up. */
export type StartDialling = (
  url: string,
  description: Description,
  open: (namespace: string) => Vault,
) => { close(): void }

/** An engine of its own takes what it is given as values of another: bytes become ours on the way in. */
const ours = (call: VaultCall): VaultCall => {
  const made: Record<string, unknown> = { ...call }
  for (const key of ['value', 'pin', 'next']) {
    const given = made[key]
    if (typeof given === 'object' && given !== null) made[key] = Uint8Array.from(given as Iterable<number>)
  }
  return made as unknown as VaultCall
}

/** Reads the two files that an app author includes; then apps can be started. */
export const diallingSide = async (): Promise<StartDialling> => {
  const [bridge, dial] = await Promise.all([read('../page-bridge.js'), read('./dial.js')])
  return (url, description, open) => {
    const engine = { WebSocket, setTimeout, TextEncoder, TextDecoder, crypto: webcrypto } as unknown as Engine
    runInNewContext(bridge, engine)
    runInNewContext(dial, engine)
    engine.holdfast.serve({
      description,
      open(namespace) {
        const vault = open(namespace)
        return { invoke: (call) => vault.invoke(ours(call)) }
      },
    })
    return engine.holdfast.dial(url)
  }
}
