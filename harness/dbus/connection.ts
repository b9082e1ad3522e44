import { once } from 'node:events'
import { connect as connectSocket, type Socket } from 'node:net'
import { decodeMessage, encodeMessage, type Message, messageSize } from './message.ts'
import type { DBusValue } from './wire.ts'

/** A call that the bus or the service refused. `dbusName` tells errors apart; the message is for people. */
export class DBusError extends Error {
  override readonly name = 'DBusError'
  readonly dbusName: string
  constructor(dbusName: string, message: string) {
    super(`${dbusName}: ${message}`)
    this.dbusName = dbusName
  }
}
/** Our own names beside those of the bus. */
export const noBus = 'org.freedesktop.DBus.Error.NoServer'
export const disconnected = 'org.freedesktop.DBus.Error.Disconnected'
export const noReply = 'org.freedesktop.DBus.Error.NoReply'

export interface Call {
  /** Default: the bus itself. */
  readonly destination?: string
  readonly path: string
  readonly interface: string
  readonly member: string
  readonly signature?: string
  readonly body?: readonly DBusValue[]
}

export interface Connection extends Disposable {
  /** Resolves with the values returned. Never starts a service. @throws DBusError */
  call(call: Call): Promise<readonly DBusValue[]>
  /** Told of every message that is no answer to a call of ours: signals, and what a monitor sees. */
  listen(listener: (message: Message) => void): void
}

export const bus = { path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' } as const

/** Where the session bus of this environment listens; null where there is none. Unix sockets only. */
export function sessionAddress(environment: Readonly<Record<string, string | undefined>>): string | null {
  const { DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: runtime } = environment
  if (address === undefined || address === '') return runtime === undefined ? null : `${runtime}/bus`
  for (const option of address.split(';')) {
    const path = /^unix:(?:.*,)?path=([^,]*)/.exec(option)?.[1]
    if (path !== undefined) return decodeURIComponent(path)
    const abstract = /^unix:(?:.*,)?abstract=([^,]*)/.exec(option)?.[1]
    if (abstract !== undefined) return `\0${decodeURIComponent(abstract)}`
  }
  return null
}

/** Connects to the session bus at a socket. `deadlineMs` bounds the connecting and each call. @throws DBusError */
export async function connect(socketPath: string | null, deadlineMs = 5_000): Promise<Connection> {
  if (socketPath === null) throw new DBusError(noBus, 'there is no session bus')
  const socket = connectSocket(socketPath)
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(deadlineMs) })
    const uid = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')
    socket.write(`\0AUTH EXTERNAL ${uid}\r\n`)
    const [answer] = await once(socket, 'data', { signal: AbortSignal.timeout(deadlineMs) })
    if (!String(answer).startsWith('OK ')) throw new Error('the bus does not take this user')
    socket.write('BEGIN\r\n')
  } catch (error) {
    socket.destroy()
    throw new DBusError(noBus, error instanceof Error ? error.message : 'no answer')
  }
  const connection = talk(socket, deadlineMs)
  try {
    await connection.call({ ...bus, member: 'Hello' })
  } catch (error) {
    connection[Symbol.dispose]()
    throw error
  }
  return connection
}

interface Waiting {
  readonly resolve: (values: readonly DBusValue[]) => void
  readonly reject: (error: DBusError) => void
  readonly timer: NodeJS.Timeout
}

function talk(socket: Socket, deadlineMs: number): Connection {
  const waiting = new Map<number, Waiting>()
  const listeners: ((message: Message) => void)[] = []
  let received = Buffer.alloc(0)
  let serial = 0
  let gone = false

  const settle = (message: Message) => {
    const call = waiting.get(message.replySerial ?? 0)
    const answer = message.type === 'return' || message.type === 'error'
    if (call === undefined || !answer) {
      for (const listener of listeners) listener(message)
      return
    }
    waiting.delete(message.replySerial ?? 0)
    clearTimeout(call.timer)
    if (message.type === 'return') call.resolve(message.body)
    else call.reject(new DBusError(message.error ?? '', String(message.body[0] ?? '')))
  }
  const end = () => {
    gone = true
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer)
      reject(new DBusError(disconnected, 'the bus has gone'))
    }
    waiting.clear()
  }
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    try {
      for (let size = messageSize(received); size !== null && size <= received.length; size = messageSize(received)) {
        const message = decodeMessage(received.subarray(0, size))
        received = received.subarray(size)
        settle(message)
      }
    } catch {
      socket.destroy()
    }
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', end)
  return {
    call(call) {
      if (gone) return Promise.reject(new DBusError(disconnected, 'the bus has gone'))
      const mine = ++serial
      const message: Message = {
        destination: 'org.freedesktop.DBus',
        ...call,
        type: 'call',
        serial: mine,
        noAutoStart: true,
        body: call.body ?? [],
      }
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(mine)
          reject(new DBusError(noReply, `${call.member} was not answered within ${deadlineMs} ms`))
        }, deadlineMs)
        waiting.set(mine, { resolve, reject, timer })
        socket.write(encodeMessage(message))
      })
    },
    listen(listener) {
      listeners.push(listener)
    },
    [Symbol.dispose]() {
      socket.destroy()
      end()
    },
  }
}
