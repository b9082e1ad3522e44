import { createHmac, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { VaultCall } from '../harness/contract/operations.ts'
import type { DesktopPorts } from '../harness/contract/platforms/desktop.ts'
import { pinDescription } from './description.ts'
import { kdfFloor } from './pin/kdf.ts'
import { nodeFiles } from './ports/node-files.ts'
import { openVault } from './vault.ts'

/** The slot that set-up makes. */
export type Initial = 'keyring' | 'keyring-pin'

/**
 * The files of this machine, with a keyring that is a file beside the vault's folder and a key derivation that costs
 * nothing; `before` comes before each effect.
 */
export function diskPorts(directory: string, before: () => void): DesktopPorts {
  const items = nodeFiles(join(directory, 'keyring'))
  const counted = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name)
        if (typeof method !== 'function') return method
        return (...given: unknown[]) => {
          before()
          return Reflect.apply(method, target, given)
        }
      },
    })
  return {
    files: counted(nodeFiles(join(directory, 'vault'))),
    random: { bytes: (size) => randomBytes(size) },
    clock: { now: Date.now, after: () => new Promise(() => {}) },
    log: { write: () => {} },
    kdf: counted({
      argon2id: async ({ password, salt }) => createHmac('sha256', salt).update(password).digest(),
    }),
    keyring: counted({
      async set(_item, secret) {
        await items.write('next', secret)
        await items.rename('next', 'item')
      },
      get: () => items.read('item'),
      async delete() {
        await items.remove('item')
        return true
      },
      find: async () => [],
      state: async () => 'unlocked',
    }),
  }
}

/** @param initial the slot that a set-up makes */
export const openOnDisk = (ports: DesktopPorts, initial: Initial) =>
  openVault({ namespace: 'disk', directory: '', ports }, { description: pinDescription, initial, kdf: kdfFloor })

/** A call as JSON has it: secrets are text. */
export function fromJson(call: { readonly op: VaultCall['op']; readonly [field: string]: unknown }): VaultCall {
  const secrets = new Set(['pin', 'next', 'value'])
  const fields = Object.entries(call).map(([key, is]) => [key, secrets.has(key) ? Buffer.from(String(is)) : is])
  return Object.fromEntries(fields) as VaultCall
}

// As a process: argv is a folder, the number of the effect before which to die, the slot that a set-up makes, and the
// calls, of which the last counts.
if (process.argv[1] === import.meta.filename) {
  const [, , directory = '', dieAt = '', initial = '', calls = '[]'] = process.argv
  let left = Number.POSITIVE_INFINITY
  const vault = openOnDisk(
    diskPorts(directory, () => {
      if (left-- <= 0) process.kill(process.pid, 'SIGKILL')
    }),
    initial as Initial,
  )
  const parsed = JSON.parse(calls) as { op: VaultCall['op'] }[]
  for (const [index, call] of parsed.entries()) {
    if (index === parsed.length - 1) left = Number(dieAt)
    const answer = await vault.invoke(fromJson(call))
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
  }
}
