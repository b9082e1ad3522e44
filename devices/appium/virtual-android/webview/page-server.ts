import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { freePort } from '../../free-port.ts'
import type { NativeSide } from '../../plugin-side.ts'
import { listening } from '../adbd/daemon.ts'

/** A phone as far as its pages see it: the files of its app, and the native side of a process. */
export interface ServedPhone {
  readonly app: { readonly files: ReadonlyMap<string, string> }
  /** Null where that process is gone. */
  native(pid: number): NativeSide | null
}

/** Serves pages of the app to its webview, and takes what they call natively. */
export interface PageServer {
  /** The page of a process. */
  url(pid: number): string
  close(): Promise<void>
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
}

export const startPageServer = async (phone: () => ServedPhone): Promise<PageServer> => {
  const server = createServer((request, response) => {
    void serve(phone(), request, response).catch(() => response.destroy())
  })
  const port = await freePort()
  await listening(server, port)
  return {
    // A name that counts as a secure context, as the origin of a webview's own pages does.
    url: (pid) => `http://localhost:${port}/${pid}/index.html`,
    close: () => closed(server),
  }
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

const serve = async (phone: ServedPhone, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const [, pid = '', first = '', method = ''] = (request.url ?? '').replace(/\?.*$/, '').split('/')
  const native = phone.native(Number(pid))
  // A page whose process is gone gets no answer.
  if (native === null) {
    response.destroy()
    return
  }
  if (first !== 'native') {
    const text = phone.app.files.get(first)
    response.writeHead(text === undefined ? 404 : 200, {
      'content-type': types[first.split('.').at(-1) ?? ''] ?? 'text/plain',
      'cache-control': 'no-store',
    })
    response.end(text ?? 'not found')
    return
  }
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  const argument: unknown = pieces.length === 0 ? null : JSON.parse(Buffer.concat(pieces).toString())
  const answer = await native.call(method, argument).then(
    (value) => ({ value }),
    (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
  )
  if (phone.native(Number(pid)) === null) {
    response.destroy()
    return
  }
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(answer))
}
