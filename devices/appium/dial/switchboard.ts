import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { frameOf, frameReader } from './frames.ts'

/** One app that dialled in. */
export interface DialledApp {
  say(line: string): void
  onLine(listen: (line: string) => void): void
  /** Resolves when it hung up, or was cut off. */
  readonly gone: Promise<void>
  hangUp(): void
}

/** Where apps without a page connect to: a WebSocket on the loopback. */
export interface Switchboard extends AsyncDisposable {
  readonly port: number
  /** What an app is to connect to next, with a token that nobody else knows and that holds for one app. */
  expect(): { readonly url: string; readonly app: Promise<DialledApp> }
}

/** What an app finds the address under, in its environment or intent. */
export const dialVariable = 'HOLDFAST_DIAL'
const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

export const openSwitchboard = async (): Promise<Switchboard> => {
  const expected = new Map<string, (app: DialledApp) => void>()
  const sockets = new Set<Duplex>()
  const server = createServer((_, response) => {
    response.writeHead(426).end('this is for apps under test, by WebSocket\n')
  })
  server.on('upgrade', (request, socket: Duplex, head: Buffer) => {
    const token = (request.url ?? '').slice(1)
    const answer = expected.get(token)
    const key = request.headers['sec-websocket-key']
    if (answer === undefined || key === undefined) {
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n')
      return
    }
    expected.delete(token)
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    const accept = createHash('sha1')
      .update(key + guid)
      .digest('base64')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
    )
    answer(dialled(socket, head))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    port,
    expect() {
      const token = randomBytes(16).toString('hex')
      const app = new Promise<DialledApp>((resolve) => expected.set(token, resolve))
      return { url: `ws://127.0.0.1:${port}/${token}`, app }
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

const dialled = (socket: Duplex, head: Buffer): DialledApp => {
  const read = frameReader()
  const early: string[] = []
  let listen: (line: string) => void = (line) => early.push(line)
  const take = (piece: Buffer) => {
    try {
      for (const frame of read(piece)) {
        if (frame.is === 'text') listen(frame.text)
        else if (frame.is === 'ping') socket.write(frameOf('pong'))
        else if (frame.is === 'close') socket.end(frameOf('close'))
      }
    } catch {
      // It speaks something else: nothing that it says can be believed any more.
      socket.destroy()
    }
  }
  socket.on('data', take)
  socket.on('error', () => socket.destroy())
  // An app that is killed says no word, and its end of the line is closed for it.
  socket.on('end', () => socket.end())
  const gone = new Promise<void>((resolve) => {
    socket.once('close', () => resolve())
  })
  if (head.length > 0) take(head)
  return {
    say: (line) => void socket.write(frameOf('text', line)),
    onLine(told) {
      listen = told
      for (const line of early.splice(0)) told(line)
    },
    gone,
    hangUp: () => void socket.destroy(),
  }
}
