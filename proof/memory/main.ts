import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { connectEngine } from '../../devices/linux/engine.ts'
import { execChannel } from '../../devices/linux/exec-channel.ts'
import { mappedBy, searchFar } from '../../devices/linux/far-memory.ts'
import { linuxImage, providers } from '../../devices/linux/image.ts'
import { startMachine } from '../../devices/linux/machine.ts'
import { startAdapter } from '../../devices/linux/sample-processes.ts'
import { stateSchema } from '../../devices/linux/take-readings.ts'
import { needlesFor } from '../../devices/memory/needles.ts'
import { builtRust } from '../../fixtures/subjects/rust-keyring/build.ts'
import { encodingsOf } from '../../harness/engine/encodings.ts'

// node proof/memory/main.ts [--provider NAME]: what is found of a value in the memory of real clients and of the keyring's
// daemon, after each step. A client's count is with its adapter's own copies, which nobody can tell from the library's.
const { values } = parseArgs({ options: { provider: { type: 'string' } } })
const provider = z.enum(providers).parse(values.provider ?? 'gnome-keyring')
const project = join(import.meta.dirname, '..', '..')
const engine = await connectEngine()
const image = await linuxImage(engine, provider, (step) => process.stderr.write(`${step}\n`))
await using machine = await startMachine(engine, image, project, { kernelKeyring: true })

const rust = builtRust(project, 'secret-service')
const python = ['python3', '-B']
const subjects: Readonly<Record<string, readonly string[]>> = {
  'python3-keyring': [...python, 'fixtures/subjects/python-keyring/adapter.py'],
  '@napi-rs/keyring': ['node', 'fixtures/subjects/napi-keyring/adapter.ts', '--pinned'],
  ...('program' in rust ? { 'Rust keyring': [rust.program] } : {}),
  'keyutils, user keyring': [...python, 'fixtures/subjects/kernel-keyring/adapter.py', 'user'],
}
if ('why' in rust) process.stderr.write(`Rust keyring: ${rust.why}\n`)

const agent = () => machine.agent()
const daemon = async () => (await agent().ask({ do: 'state' }, stateSchema)).daemon
/** Freed memory loses its beginning, and a piece is found once in each copy. */
const middle = [16, 32] as const
/** Copies in the memory of a process and its children; what it is instead, where there are none to count. */
const copies = async (pid: number | null, value: Buffer): Promise<string> => {
  if (pid === null) return 'gone'
  const seen = await searchFar(agent(), [pid], needlesFor('value', value.subarray(...middle), encodingsOf))
  return seen === null ? 'unreadable' : String(seen.found.length)
}
const device = {
  channel: (command: readonly string[], environment: Readonly<Record<string, string>>) =>
    execChannel(machine, command, environment),
}

for (const [name, command] of Object.entries(subjects)) {
  const { ask, channel } = await startAdapter(device, `holdfast-memory-${randomBytes(4).toString('hex')}`, ...command)
  await using _ = channel
  const value = Buffer.from(randomBytes(48).toString('base64'))
  const row: string[] = []
  const look = async (after: string) =>
    row.push(`after ${after} ${await copies(channel.pid ?? null, value)} + ${await copies(await daemon(), value)}`)
  await ask({ op: 'put', name: 'a', value: { text: value.toString() } })
  await look('put')
  await ask({ op: 'get', name: 'a' })
  await look('get')
  await agent().ask({ do: 'lock' }, stateSchema)
  await look('lock')
  await agent().ask({ do: 'unlock' }, stateSchema)
  await ask({ op: 'delete', name: 'a' })
  await look('delete')
  process.stdout.write(`${name} (client + ${provider}): ${row.join('; ')}\n`)
}
const keeper = await daemon()
const mapped = await mappedBy(agent(), keeper === null ? [] : [keeper])
const [first] = mapped.processes
process.stdout.write(
  `${provider}: memory ${first?.maps == null ? 'cannot' : 'can'} be read by a process of the same user, ` +
    `${first?.swappedKiB} KiB swapped, core dumps up to ${first?.coreLimits.join(' or ')} bytes.\n`,
)
