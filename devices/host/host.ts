import { createHash } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { release } from 'node:os'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import type { Control, ControlName } from '../../harness/contract/controls.ts'
import type { Device } from '../../harness/contract/device.ts'
import type { DesktopPorts, Log } from '../../harness/contract/platforms/desktop.ts'
import { countCalls } from '../../harness/dbus/monitor.ts'
import { openChildChannel } from './child-channel.ts'
import { watchFiles } from './file-watch.ts'
import type { GnomeKeyring } from './gnome-keyring.ts'
import { countItems, deleteItems, shownOfItems } from './items.ts'
import { judgeReadings } from './judge-readings.ts'
import { HostRefusal, loginKeyring, refuseUnlessAllowed } from './login-keyring.ts'
import { ownFolder } from './own-folder.ts'
import { type PrivateSession, privateSession, privateSessionLacks } from './private-session.ts'
import { watchProcesses } from './process-watch.ts'
import { sightOf } from './sight.ts'
import { takeReadings } from './take-readings.ts'
import { filesUnder } from './traces.ts'

export interface HostOptions {
  /** A D-Bus session with a GNOME Keyring of our own instead of the person's. Linux only. Default false. */
  readonly private?: boolean
  /** Whether the login keyring of the person may be used. Default false. */
  readonly allowLoginKeyring?: boolean
  /** Makes the real ports for a vault in process. Without it only processes run here. */
  readonly ports?: (directory: string, log: Log) => DesktopPorts
  /** Whether native code of this thread sees its `process.env`. Default: in the main thread. */
  readonly environmentReachesNativeCode?: boolean
}

/**
 * This machine as it is, for vaults with effects of their own.
 * @throws HostRefusal with one sentence where a person must allow it, or something is missing.
 */
export async function host(options: HostOptions = {}): Promise<Device> {
  if (options.private === true) {
    const lacks = privateSessionLacks()
    if (lacks !== null) throw new HostRefusal(`Device 'host' cannot make a private session: ${lacks}.`)
    const session = await privateSession()
    return hostDevice(options, session, { socket: session.socket, none: '' })
  }
  const found = await loginKeyring()
  refuseUnlessAllowed(found, options.allowLoginKeyring === true)
  const none = found === null ? 'no keyring service here' : `no probe of ours for the keyring of ${process.platform}`
  return hostDevice(options, null, { socket: found?.socket ?? null, none })
}

const keyringControls: readonly ControlName[] = [
  'lock-keyring',
  'unlock-keyring',
  'restart-keyring',
  'stop-keyring',
  'start-keyring',
]
interface Sight {
  readonly socket: string | null
  readonly none: string
}

async function hostDevice(options: HostOptions, session: PrivateSession | null, sight: Sight): Promise<Device> {
  await using made = new AsyncDisposableStack()
  if (session !== null) made.use(session)
  const folder = session?.folder ?? (await ownFolder())
  const data = join(folder, 'data')
  if (session === null) made.defer(() => rm(folder, { recursive: true, force: true }))
  await mkdir(data, { recursive: true, mode: 0o700 })
  const environment = { ...process.env, ...session?.environment, HOLDFAST_DATA: data }
  const { socket } = sight
  const counter = session === null ? null : made.use(await countCalls(session.socket, ['GetSecret', 'GetSecrets']))
  const reads = async () => (counter === null ? 0 : counter.count())
  const { ports } = options
  if (ports !== undefined && session !== null) {
    if (!(options.environmentReachesNativeCode ?? isMainThread))
      throw new HostRefusal(
        "Device 'host' cannot lead a vault in this worker thread to the private session: run it over stdio instead.",
      )
    made.defer(enter(session.environment))
  }
  const processes = made.use(watchProcesses())
  const files = made.use(watchFiles(data))
  const logs: string[] = []
  const log: Log = { write: (line) => void logs.push(line) }
  const controls = new Set<ControlName>(session === null ? ['kill-app'] : ['kill-app', ...keyringControls])
  const owned = made.move()

  return {
    name: 'host',
    controls,
    async calibrate() {
      const readings = await takeReadings({ ...sight, keyring: session?.keyring ?? null, reads })
      const software = { node: process.versions.node, [process.platform]: release() }
      const fidelity = session === null ? 'F4' : 'F2'
      return { device: 'host', fidelity, software, facets: judgeReadings(readings), controls: [...controls] }
    },
    async channel(command, more) {
      const channel = await openChildChannel(command, { environment: { ...environment, ...more } })
      const { pid } = channel
      if (pid === undefined) return channel
      processes.add(pid)
      void channel.ended.then(() => processes.remove(pid))
      return channel
    },
    ...(ports === undefined
      ? {}
      : {
          inProcess(namespace) {
            const directory = join(data, folderOf(namespace))
            return { ports: ports(directory, log), directory }
          },
        }),
    async restore() {
      if (session !== null) await restoreKeyring(session.keyring)
    },
    apply: async ({ control }) => (session === null ? 'skipped' : applyTo(session.keyring, control)),
    now: () => performance.now(),
    boot: () => 0,
    async footprint(namespace) {
      if (session === null) return null
      const items = await countItems(session.socket, namespace)
      return items === null ? null : { items, secretReads: await reads() }
    },
    sight: sightOf(processes, files),
    async *traces(namespace) {
      yield { in: 'output', where: 'log', bytes: Buffer.from(logs.join('\n')) }
      yield* filesUnder(data)
      if (session !== null) yield* filesUnder(join(folder, 'home'))
      const shown = socket === null ? '' : await shownOfItems(socket, namespace)
      if (shown !== '') yield { in: 'keyring', where: 'labels and attributes', bytes: Buffer.from(shown) }
    },
    async sweep(namespace) {
      logs.length = 0
      // The folder is of this device alone, and one program runs at a time: all in it was of that program.
      for (const name of await readdir(data)) await rm(join(data, name), { recursive: true, force: true })
      if (session !== null) await restoreKeyring(session.keyring)
      if (socket !== null) await deleteItems(socket, namespace)
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

const folderOf = (namespace: string): string => createHash('sha256').update(namespace).digest('hex').slice(0, 32)

async function restoreKeyring(keyring: GnomeKeyring): Promise<void> {
  await keyring.start()
  if ((await keyring.state()) === 'locked') await keyring.unlock()
}

async function applyTo(keyring: GnomeKeyring, control: Control['control']): Promise<'done' | 'skipped'> {
  const runs = keyring.pid() !== null
  if (control === 'start-keyring' ? runs : !runs) return 'skipped'
  switch (control) {
    case 'lock-keyring':
      await keyring.lock()
      return 'done'
    case 'unlock-keyring':
      await keyring.unlock()
      return 'done'
    case 'restart-keyring':
      await keyring.stop()
      await keyring.start()
      return 'done'
    case 'stop-keyring':
      await keyring.stop()
      return 'done'
    case 'start-keyring':
      await keyring.start()
      return 'done'
    default:
      return 'skipped'
  }
}

/** Leads this process into the session; returns the way back. */
function enter(environment: PrivateSession['environment']): () => void {
  const before = Object.keys(environment).map((name) => [name, process.env[name]] as const)
  assign(Object.entries(environment))
  return () => assign(before)
}
function assign(variables: Iterable<readonly [string, string | undefined]>): void {
  for (const [name, value] of variables)
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
}
