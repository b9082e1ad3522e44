import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { host } from '../devices/host/host.ts'
import { privateSessionLacks } from '../devices/host/private-session.ts'
import { protocolTarget } from '../harness/adapters/protocol-target.ts'
import { budgetOf, handshakeMs, openTarget } from '../harness/cli/wiring.ts'
import type { Target } from '../harness/engine/target.ts'
import { judged } from './judged.ts'

/** What a whole run of one target at the default budget took, from nothing to its last verdict. */
export interface SuiteCost {
  readonly what: string
  /** Milliseconds, and processor time of this process. */
  readonly wallMs: number
  readonly cpuMs: number
  readonly programs: number
  readonly commands: number
  readonly targetMs: number
}
export type Suite = SuiteCost | { readonly what: string; readonly why: string }

interface Suited {
  readonly what: string
  readonly device: string
  readonly open: () => Promise<Target>
  readonly targetMs: number
}

const inProcess = (what: string, vault: string): Suited => ({
  what,
  device: 'model',
  open: () =>
    openTarget(
      { name: 'reference@model', vault, device: 'model' },
      { allowLoginKeyring: false, cwd: root, onProgress() {} },
    ),
  targetMs: 5000,
})
const root = fileURLToPath(new URL('..', import.meta.url))

const overStdio: Suited = {
  what: 'the reference with a PIN over stdio: real files, a real keyring, its KDF REDUCED to one HMAC',
  device: 'host',
  open: async () =>
    protocolTarget({
      device: await host({ private: true }),
      command: [process.execPath, fileURLToPath(new URL('./reference-child.ts', import.meta.url))],
      // Each kill starts it anew. What an app ships is compiled already.
      environment: { NODE_COMPILE_CACHE: join(root, '.cache', 'compiled') },
      deadlineMs: handshakeMs,
    }),
  targetMs: 15_000,
}

/**
 * Judges the reference as `holdfast run` does, without its worker.
 * @param short leaves out what needs real processes
 * @throws Error where the reference fails: then it is something else that has to be looked at
 */
export async function suites(
  short: boolean,
  clocks: { readonly wall: () => number; readonly cpu: () => number },
): Promise<readonly Suite[]> {
  const all = [
    inProcess('the reference in process (KDF reduced to one HMAC)', 'module:./reference/module.ts'),
    inProcess('the reference with a PIN in process (KDF reduced to one HMAC)', 'module:./reference/pin-module.ts'),
  ]
  const costs: Suite[] = []
  for (const one of all) costs.push(await suite(one, clocks))
  const lacks = short ? 'left out by --short' : privateSessionLacks()
  costs.push(lacks === null ? await suite(overStdio, clocks) : { what: overStdio.what, why: lacks })
  return costs
}

async function suite(
  { what, device, open, targetMs }: Suited,
  clocks: { readonly wall: () => number; readonly cpu: () => number },
): Promise<Suite> {
  const [wall, cpu] = [clocks.wall(), clocks.cpu()]
  let [programs, commands] = [0, 0]
  const records = judged(open, { name: 'reference', vault: what }, budgetOf(device, false))
  for await (const record of records) {
    if (record.type === 'failure') throw new Error(`${what} failed ${record.fingerprint}: ${record.seen}`)
    if (record.type === 'target-error') return { what, why: record.sentence }
    if (record.type !== 'scenario') continue
    programs += record.programs
    for (const count of Object.values(record.commands)) commands += count
  }
  return { what, wallMs: clocks.wall() - wall, cpuMs: clocks.cpu() - cpu, programs, commands, targetMs }
}
