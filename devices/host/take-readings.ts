import { randomBytes } from 'node:crypto'
import { type Connection, connect, DBusError } from '../../harness/dbus/connection.ts'
import {
  createItem,
  defaultCollection,
  isLocked,
  openSession,
  promptToUnlock,
  readSecret,
  search,
} from '../../harness/dbus/secret-service.ts'
import { openChildChannel } from './child-channel.ts'
import type { GnomeKeyring } from './gnome-keyring.ts'
import { countItems, deleteItems, shownOfItems } from './items.ts'
import { readSight } from './read-sight.ts'
import type { KeyringReadings, OwnKeyringReadings, Readings, SecretRead } from './readings.ts'

const promptWaitMs = 2_000
const label = 'holdfast probe'
const outputLines = 1_000

export interface Readable {
  /** Of the bus whose keyring is looked at; null where there is none that D-Bus could show. */
  readonly socket: string | null
  /** Why there is no keyring to look at. */
  readonly none: string
  /** Where the keyring is ours alone. */
  readonly keyring: GnomeKeyring | null
  /** How many reads of secrets the device has counted. */
  reads(): Promise<number>
}

/** Probes of our own, with nothing of a vault in them. */
export async function takeReadings(place: Readable): Promise<Readings> {
  const { socket } = place
  const keyring = socket === null ? { none: place.none } : await readKeyring(socket, place)
  return { death: await readDeath(), output: await readOutput(), keyring, sight: await readSight() }
}

async function readDeath(): Promise<Readings['death']> {
  const script = 'process.stdin.resume(); console.log(process.pid)'
  await using child = await openChildChannel([process.execPath, '-e', script], { environment: process.env })
  let pid = 0
  for await (const line of child.lines) {
    pid = Number(line)
    break
  }
  await child.kill()
  return { answered: pid > 0, ended: await child.ended, there: isThere(pid) }
}

async function readOutput(): Promise<Readings['output']> {
  const script = `for (let i = 0; i < ${outputLines}; i++) { console.log('line'); console.error('line') }`
  await using child = await openChildChannel([process.execPath, '-e', script], { environment: process.env })
  let onOutput = 0
  for await (const line of child.lines) if (line === 'line') onOutput++
  await child.ended
  const onErrors = child
    .takeErrors()
    .split('\n')
    .filter((line) => line === 'line').length
  return { lines: outputLines, onOutput, onErrors }
}

async function readKeyring(socket: string, place: Readable): Promise<Readings['keyring']> {
  const namespace = `holdfast-probe-${randomBytes(8).toString('hex')}`
  const attributes = { service: `${namespace}/probe`, username: 'probe' }
  const wrote = randomBytes(16).toString('hex')
  const before = await countItems(socket, namespace)
  if (before === null) return { none: 'nobody serves secrets on this bus' }
  try {
    await keep(socket, attributes, wrote)
    const during = (await countItems(socket, namespace)) ?? 0
    const seen = await shownOfItems(socket, namespace)
    const shown = { label: seen.includes(label), attribute: seen.includes(attributes.service) }
    const read = await readBack(socket, attributes)
    const { keyring } = place
    const ours = keyring === null ? null : await readOwn(socket, { attributes, keyring, reads: place.reads })
    await deleteItems(socket, namespace)
    const swept = (await countItems(socket, namespace)) ?? 0
    return { wrote, read, count: { before, during, swept }, shown, ours } satisfies KeyringReadings
  } finally {
    await deleteItems(socket, namespace)
  }
}

interface Own {
  readonly attributes: Readonly<Record<string, string>>
  readonly keyring: GnomeKeyring
  reads(): Promise<number>
}
async function readOwn(socket: string, { attributes, keyring, reads }: Own): Promise<OwnKeyringReadings> {
  const again = () => readBack(socket, attributes)
  const readsBefore = await reads()
  await again()
  const readsCounted = (await reads()) - readsBefore
  await keyring.lock()
  const whileLocked = await again()
  const { prompt, lockedAfterPrompt } = await overBus(socket, async (on) => {
    const collection = (await defaultCollection(on)) ?? '/'
    const became = await promptToUnlock(on, collection, promptWaitMs)
    return { prompt: became, lockedAfterPrompt: await isLocked(on, collection) }
  })
  await keyring.unlock()
  const afterUnlock = await again()
  const pid = keyring.pid() ?? 0
  await keyring.stop()
  const absent = await again()
  const there = isThere(pid)
  await keyring.start()
  const afterStart = await again()
  const restart = { before: pid, after: keyring.pid() ?? 0, there, read: afterStart }
  return { readsCounted, whileLocked, prompt, lockedAfterPrompt, afterUnlock, restart, absent, afterStart }
}

async function overBus<T>(socket: string, ask: (on: Connection) => Promise<T>): Promise<T> {
  using on = await connect(socket)
  return await ask(on)
}

async function keep(socket: string, attributes: Own['attributes'], secret: string): Promise<void> {
  await overBus(socket, async (on) => {
    const collection = await defaultCollection(on)
    if (collection === null) return
    const item = { label, attributes, secret: Buffer.from(secret) }
    await createItem(on, await openSession(on), collection, item)
  })
}

function readBack(socket: string, attributes: Own['attributes']): Promise<SecretRead> {
  return overBus(socket, async (on) => {
    try {
      const session = await openSession(on)
      const { unlocked, locked } = await search(on, attributes)
      const [item] = [...unlocked, ...locked]
      if (item === undefined) return { error: 'no such item' }
      return { value: Buffer.from(await readSecret(on, session, item)).toString() }
    } catch (error) {
      if (error instanceof DBusError) return { error: error.dbusName }
      throw error
    }
  })
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
