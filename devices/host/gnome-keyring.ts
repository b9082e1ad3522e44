import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { type Connection, connect } from '../../harness/dbus/connection.ts'
import { defaultCollection, isLocked, lock, owner } from '../../harness/dbus/secret-service.ts'

/** A GNOME Keyring daemon in a session of ours. */
export interface GnomeKeyring {
  /** Starts it unlocked, as a login does. Nothing where it runs. */
  start(): Promise<void>
  /** Kills it at once. */
  stop(): Promise<void>
  lock(): Promise<void>
  /** Unlocks it in the way of a login: the password over the daemon's control socket. */
  unlock(): Promise<void>
  state(): Promise<'unlocked' | 'locked' | 'absent'>
  /** Its process id; null where it does not run. */
  pid(): number | null
}
interface Place {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly socket: string
  readonly folder: string
  readonly runtime: string
}

/** Guards nothing: the session and its keyring are gone when we are. */
const password = 'holdfast'
const patienceMs = 10_000
const betweenLooksMs = 5
/** The daemon's control protocol, as its PAM module speaks it. */
const unlockOperation = 1

export function gnomeKeyring({ environment, socket, folder, runtime }: Place): GnomeKeyring {
  let daemon: ChildProcess | null = null
  const overBus = async <T>(ask: (on: Connection) => Promise<T>): Promise<T> => {
    using on = await connect(socket)
    return await ask(on)
  }
  const state = () =>
    overBus(async (on) => {
      if ((await owner(on)) === null) return 'absent' as const
      const collection = await defaultCollection(on)
      if (collection === null) return 'absent' as const
      return (await isLocked(on, collection)) ? ('locked' as const) : ('unlocked' as const)
    })
  /** The bus tells of a name some time after the process did what it did. */
  const until = async (wanted: 'unlocked' | 'locked' | 'absent') => {
    for (const began = performance.now(); (await state()) !== wanted; await after(betweenLooksMs))
      if (performance.now() - began > patienceMs)
        throw new Error(`GNOME Keyring of the private session did not become ${wanted} within ${patienceMs} ms.`)
  }
  return {
    async start() {
      if (daemon !== null) return
      const started = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
        env: { ...process.env, ...environment },
        stdio: ['pipe', 'ignore', 'ignore'],
        detached: true,
      })
      await once(started, 'spawn')
      daemon = started
      started.stdin?.on('error', () => undefined)
      // A line end would be part of the password.
      started.stdin?.end(password)
      await writeFile(join(folder, 'keyring.pid'), String(started.pid))
      await until('unlocked')
    },
    async stop() {
      if (daemon === null) return
      const stopped = daemon
      daemon = null
      if (stopped.exitCode === null && stopped.signalCode === null) {
        const gone = once(stopped, 'exit')
        stopped.kill('SIGKILL')
        await gone
      }
      await until('absent')
    },
    async lock() {
      await overBus(async (on) => {
        const collection = await defaultCollection(on)
        if (collection !== null) await lock(on, collection)
      })
      await until('locked')
    },
    async unlock() {
      await sendPassword(join(runtime, 'keyring', 'control'))
      await until('unlocked')
    },
    state,
    pid: () => daemon?.pid ?? null,
  }
}

/** Sends one request: a byte for the credentials, then length, operation and the password, each behind its length. */
async function sendPassword(control: string): Promise<void> {
  const secret = Buffer.from(password)
  const request = Buffer.alloc(1 + 12)
  request.writeUInt32BE(12 + secret.length, 1)
  request.writeUInt32BE(unlockOperation, 5)
  request.writeUInt32BE(secret.length, 9)
  const socket = createConnection(control)
  try {
    const signal = AbortSignal.timeout(patienceMs)
    await once(socket, 'connect', { signal })
    socket.write(Buffer.concat([request, secret]))
    const [answer]: unknown[] = await once(socket, 'data', { signal })
    const result = answer instanceof Buffer && answer.length >= 8 ? answer.readUInt32BE(4) : -1
    if (result !== 0) throw new Error(`GNOME Keyring refused to unlock (${result}).`)
  } finally {
    socket.destroy()
  }
}
