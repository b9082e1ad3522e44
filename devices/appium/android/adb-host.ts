import { connect } from 'node:net'

/**
 * Asks an adb server for one of its services, in its own protocol.
 * @throws Error where it is not there, or refuses
 */
export const askAdb = (port: number, service: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const pieces: Buffer[] = []
    socket.once('connect', () => {
      socket.write(Buffer.byteLength(service).toString(16).padStart(4, '0') + service)
    })
    socket.on('data', (piece) => pieces.push(piece))
    socket.once('error', reject)
    socket.once('close', () => {
      const answer = Buffer.concat(pieces).toString()
      if (answer.startsWith('FAIL')) reject(new Error(`adb refused '${service}': ${answer.slice(8)}`))
      else resolve(answer.slice(4))
    })
  })
