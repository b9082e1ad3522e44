import { createServer, type Server, type Socket } from 'node:net'
import type { AdbStream } from './adb-stream.ts'
import { type Caller, listening } from './daemon.ts'

/** Ports of the phone that lead to the machine at the other end of a connection (`adb reverse`). */
export interface ReverseService {
  /** What follows `reverse:` in the service's name. */
  serve(command: string, stream: AdbStream, caller: Caller): void
  /** Connections that went this way since the phone is there. */
  carried(): number
}

const okay = 'OKAY'
const counted = (text: string): string => Buffer.byteLength(text).toString(16).padStart(4, '0') + text
const portOf = (spec: string): number => Number(/^tcp:(\d{1,5})$/.exec(spec)?.[1] ?? Number.NaN)

/** The service `reverse:`. A connection that ends takes its ports with it, as a restart of the phone does. */
export const reverseService = (): ReverseService => {
  const open = new Map<string, { readonly to: string; readonly server: Server; readonly sockets: Set<Socket> }>()
  let carried = 0
  const shut = (from: string) => {
    const { server, sockets } = open.get(from) ?? {}
    open.delete(from)
    server?.close()
    for (const socket of sockets ?? []) socket.destroy()
    return server !== undefined
  }
  const forward = async (asked: string, to: string, caller: Caller): Promise<string> => {
    if (Number.isNaN(portOf(asked)) || Number.isNaN(portOf(to)))
      throw new Error(`this phone leads ports of tcp alone: '${asked}' to '${to}'`)
    shut(asked)
    const sockets = new Set<Socket>()
    const server = createServer((socket) => {
      carried++
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
      join(socket, caller.ask(to))
    })
    await listening(server, portOf(asked))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const from = `tcp:${port}`
    open.set(from, { to, server, sockets })
    caller.onClose(() => shut(from))
    // Which port it is, is told where any would do.
    return portOf(asked) === 0 ? okay + counted(String(port)) : okay
  }
  const answer = async (command: string, caller: Caller): Promise<string> => {
    const [what = '', ...more] = command.split(':')
    const rest = more.join(':')
    if (what === 'forward') {
      const [from = '', to = ''] = rest.replace(/^norebind:/, '').split(';')
      return forward(from, to, caller)
    }
    if (what === 'list-forward') return counted([...open].map(([from, { to }]) => `(reverse) ${from} ${to}\n`).join(''))
    if (what === 'killforward-all') for (const from of [...open.keys()]) shut(from)
    else if (what !== 'killforward' || !shut(rest)) throw new Error(`listener '${rest}' not found`)
    return okay
  }
  return {
    carried: () => carried,
    serve(command, stream, caller) {
      void answer(command, caller)
        .catch((error: unknown) => `FAIL${counted(error instanceof Error ? error.message : String(error))}`)
        .then((told) => {
          stream.write(told)
          stream.end()
        })
    },
  }
}

const join = (socket: Socket, stream: AdbStream): void => {
  socket.setNoDelay(true)
  socket.on('data', (bytes) => stream.write(bytes))
  socket.on('error', () => socket.destroy())
  socket.on('close', () => stream.end())
  stream.onData((bytes) => socket.write(bytes))
  stream.onClose(() => socket.end())
}
