import { createServer, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'

/** The page that a connection may see, and whose webview it is said to be. */
export interface SeenPage {
  readonly tab: string
  readonly package: string
}

/** The devtools socket of a webview. */
export interface DevtoolsProxy {
  serve(socket: Duplex): void
  /** Cuts all connections, as the death of the webview's process does. */
  end(): void
}

/** Devtools of one webview: of Chromium's it shows the app's page alone, and says whose it is as a webview does. */
export const devtoolsProxy = (port: number, { tab, package: owner }: SeenPage): DevtoolsProxy => {
  const sockets = new Set<Duplex>()
  const told = (path: string, value: unknown): unknown => {
    if (path.startsWith('/json/version') && typeof value === 'object') return { ...value, 'Android-Package': owner }
    return Array.isArray(value) ? value.filter((one: { readonly id?: string }) => one.id === tab) : value
  }
  const server = createServer((asked, answer) => {
    const { method = 'GET', url: path = '/', headers } = asked
    const forwarded = request({ port, host: '127.0.0.1', method, path, headers }, (got) => {
      void readAll(got).then((text) => {
        const body =
          got.headers['content-type']?.includes('json') === true ? JSON.stringify(told(path, JSON.parse(text))) : text
        answer.writeHead(got.statusCode ?? 500, {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        })
        answer.end(body)
      })
    })
    forwarded.on('error', () => answer.destroy())
    asked.pipe(forwarded)
  })
  server.on('upgrade', (asked: IncomingMessage, socket: Duplex, head: Buffer) => {
    const far = connect(port, '127.0.0.1', () => {
      const lines = [`${asked.method} ${asked.url} HTTP/1.1`]
      for (let at = 0; at < asked.rawHeaders.length; at += 2)
        lines.push(`${asked.rawHeaders[at]}: ${asked.rawHeaders[at + 1]}`)
      far.write(`${lines.join('\r\n')}\r\n\r\n`)
      far.write(head)
      far.pipe(socket)
      socket.pipe(far)
    })
    far.setNoDelay(true)
    const end = () => {
      far.destroy()
      socket.destroy()
    }
    far.on('error', end)
    far.on('close', end)
    socket.on('error', end)
    socket.on('close', end)
  })
  return {
    serve(socket) {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      server.emit('connection', socket)
    },
    end() {
      for (const socket of sockets) socket.destroy()
    },
  }
}

const readAll = async (message: IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = []
  for await (const piece of message) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString()
}
