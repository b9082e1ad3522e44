import { connect, createServer, type Socket } from 'node:net'

/** Told of each piece that goes over a wire, either way. */
export type OnWire = (wire: 'webdriver' | 'adb', bytes: Uint8Array) => void

/** A port of the loopback that leads to another, and tells what goes over it. */
export interface WireTap extends AsyncDisposable {
  readonly port: number
}

/** Opens one in front of a server of ours, for a search of all that is said to it and by it. */
export const tapWire = async (to: number, onWire: OnWire): Promise<WireTap> => {
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('data', (bytes) => onWire('webdriver', bytes))
      socket.on('error', () => other.destroy())
      socket.on('close', () => sockets.delete(socket))
      socket.pipe(other)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
