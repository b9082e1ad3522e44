import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { VaultCall } from '../harness/contract/operations.ts'
import type { DesktopPorts, Keyring } from '../harness/contract/platforms/desktop.ts'
import { pinDescription } from '../reference/description.ts'
import { nodePorts } from '../reference/ports/node-ports.ts'
import { openVault } from '../reference/vault.ts'

/** A reference vault with a PIN on a real disk, in a folder that goes away with it. */
export interface BenchVault extends Disposable {
  readonly ports: DesktopPorts
  readonly pin: Uint8Array
  /** Milliseconds that the last key derivation took. */
  readonly lastKdfMs: () => number
  /** @throws Error where the vault does not answer `ok`. */
  readonly ask: (call: VaultCall) => Promise<unknown>
}

/** A keyring that costs nothing: what is left is the vault's own cost. */
export function freeKeyring(): Keyring {
  const items = new Map<string, Uint8Array>()
  const at = ({ service, account }: { service: string; account: string }) => JSON.stringify([service, account])
  return {
    set: async (item, secret) => void items.set(at(item), Uint8Array.from(secret)),
    get: async (item) => {
      const secret = items.get(at(item))
      return secret === undefined ? null : Uint8Array.from(secret)
    },
    delete: async (item) => items.delete(at(item)),
    find: async () => [],
    state: async () => 'unlocked',
  }
}

/** @param keyring null for this machine's own, by the environment */
export function benchVault(keyring: Keyring | null, now: () => number): BenchVault {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-bench-'))
  const real = nodePorts(directory, { write() {} })
  let kdfMs = 0
  const ports: DesktopPorts = {
    ...real,
    keyring: keyring ?? real.keyring,
    kdf: {
      async argon2id(input) {
        const began = now()
        const key = await real.kdf.argon2id(input)
        kdfMs = now() - began
        return key
      },
    },
  }
  const context = { namespace: `holdfast-bench-${process.pid}`, directory, ports }
  const vault = openVault(context, { description: pinDescription, initial: 'keyring-pin' })
  return {
    ports,
    pin: Buffer.from('493817'),
    lastKdfMs: () => kdfMs,
    async ask(call) {
      const answer = await vault.invoke(call)
      if (answer.is !== 'ok') throw new Error(`${call.op}: ${JSON.stringify(answer)}`)
      return answer.value
    },
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  }
}

/** Sets it up with so many entries of 32 bytes, `entry 0` and on. */
export async function fill({ ask, pin, ports }: BenchVault, entries: number): Promise<void> {
  await ask({ op: 'setUp', pin })
  for (let entry = 0; entry < entries; entry++)
    await ask({ op: 'put', name: `entry ${entry}`, value: ports.random.bytes(32) })
}
