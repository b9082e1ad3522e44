import { Duplex } from 'node:stream'
import type { AdbStream } from './adb-stream.ts'

/** A stream of adb as a socket, for servers that take connections. */
export const streamSocket = (stream: AdbStream): Duplex => {
  const socket = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      stream.write(chunk)
      done()
    },
    final(done) {
      stream.end()
      done()
    },
    destroy(error, done) {
      stream.end()
      done(error)
    },
  })
  stream.onData((bytes) => socket.push(bytes))
  stream.onClose(() => {
    socket.push(null)
    socket.destroy()
  })
  return socket
}
