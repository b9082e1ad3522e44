import { createServer, type Server, type Socket } from 'node:net'
import { type AdbStream, type OpenStream, openStream } from './adb-stream.ts'
import { encodePacket, mostData, type Packet, packetReader } from './packet.ts'

/** The connection that a service was asked for on. */
export interface Caller {
  /** Asks the far side for a service of its own: `tcp:8000`. A stream that it refuses is closed. */
  ask(service: string): AdbStream
  onClose(listen: () => void): void
}

/** What the phone offers to adb: opens the service of that name on a stream. False where there is none. */
export type OpenService = (service: string, stream: AdbStream, caller: Caller) => boolean

/** The daemon on a phone. Disposing of it closes its port. */
export interface Daemon {
  /** Connections that have said hello. */
  connected(): number
  /** Cuts every connection, as a restart of the phone does; adb sees the phone go. */
  cut(): void
  close(): Promise<void>
}

const version = 0x01000001
const features = ['shell_v2', 'cmd', 'stat_v2', 'ls_v2']

/** Serves adb on a port of the loopback. Resolves when it listens. */
export const startDaemon = async (
  port: number,
  properties: Readonly<Record<string, string>>,
  open: OpenService,
): Promise<Daemon> => {
  const named = ['ro.product.name', 'ro.product.model', 'ro.product.device']
  const banner = `device::${named.map((name) => `${name}=${properties[name] ?? ''};`).join('')}features=${features.join(',')}`
  const connections = new Set<Socket>()
  const greeted = new Set<Socket>()
  const server = createServer((socket) => {
    connections.add(socket)
    serve(socket, banner, open, () => greeted.add(socket))
    socket.on('close', () => {
      connections.delete(socket)
      greeted.delete(socket)
    })
  })
  await listening(server, port)
  const cut = () => {
    for (const socket of connections) socket.destroy()
  }
  return {
    connected: () => greeted.size,
    cut,
    close() {
      cut()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** Resolves when it listens on the loopback. */
export const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })

const serve = (socket: Socket, banner: string, open: OpenService, onHello: () => void): void => {
  const read = packetReader()
  const streams = new Map<number, OpenStream>()
  const listeners: (() => void)[] = []
  let ids = 1
  const send = (packet: Packet) => {
    if (socket.writable) socket.write(encodePacket(packet))
    if (packet.command === 'CLSE') streams.delete(packet.first)
  }
  const reply = (command: string, first: number, second: number, data = Buffer.alloc(0)) =>
    send({ command, first, second, data })
  const caller: Caller = {
    ask(service) {
      const asked = openStream(ids++, null, send)
      streams.set(asked.id, asked)
      send({ command: 'OPEN', first: asked.id, second: 0, data: Buffer.from(`${service}\0`) })
      return asked
    },
    onClose: (listen) => void listeners.push(listen),
  }
  const take = ({ command, first, second, data }: Packet) => {
    const stream = streams.get(second)
    switch (command) {
      case 'CNXN':
        onHello()
        return reply('CNXN', version, mostData, Buffer.from(banner))
      case 'OPEN': {
        const service = data.toString().replace(/\0[\s\S]*$/, '')
        const opened = openStream(ids++, first, send)
        streams.set(opened.id, opened)
        reply('OKAY', opened.id, first)
        if (!open(service, opened, caller)) opened.end()
        return
      }
      case 'OKAY':
        return stream?.taken(first)
      case 'WRTE':
        reply('OKAY', second, first)
        return stream?.arrived(data)
      case 'CLSE':
        if (stream === undefined) return
        streams.delete(second)
        stream.closed()
        return reply('CLSE', second, first)
      default:
    }
  }
  socket.setNoDelay(true)
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk) => {
    try {
      for (const packet of read(chunk)) take(packet)
    } catch {
      // Not adb: nothing that it says can be answered.
      socket.destroy()
    }
  })
  socket.on('close', () => {
    for (const stream of streams.values()) stream.closed()
    streams.clear()
    for (const told of listeners) told()
  })
}
