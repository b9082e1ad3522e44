import { connect } from 'node:net'

const counted = (service: string): string => Buffer.byteLength(service).toString(16).padStart(4, '0') + service

/**
 * Asks an adb server for services in its own protocol, one after the other on one connection, and gives what came until it
 * was closed, without the word by which each was accepted.
 * @throws Error where it is not there, or refuses
 */
const converse = (port: number, services: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const left = [...services]
    let came = Buffer.alloc(0)
    let asked = ''
    const ask = () => {
      asked = left.shift() ?? asked
      socket.write(counted(asked))
    }
    const refuse = (why: string) => reject(new Error(`adb refused '${asked}': ${why}`))
    socket.once('connect', ask)
    socket.on('data', (piece) => {
      came = Buffer.concat([came, piece])
      while (left.length > 0 && came.length >= 4 && came.toString('latin1', 0, 4) === 'OKAY') {
        came = came.subarray(4)
        ask()
      }
    })
    socket.once('error', reject)
    socket.once('close', () => {
      const answer = came.toString()
      if (answer.startsWith('FAIL')) refuse(answer.slice(8))
      else if (left.length > 0) refuse('it hung up')
      else resolve(answer.replace(/^OKAY/, ''))
    })
  })

/**
 * Asks an adb server for one of its services.
 * @throws Error where it is not there, or refuses
 */
export const askAdb = (port: number, service: string): Promise<string> => converse(port, [service])

/** A phone as an adb server knows it. */
export interface PhoneOnAdb {
  /** Of the adb server that has it. */
  readonly adbPort: number
  readonly serial: string
}

/**
 * Has a port of the phone's loopback lead to one of ours (`adb reverse`), and gives the one that the phone chose. Restarts
 * of the phone undo it. Phones can since Android 7.
 * @throws Error where the server is not there, does not have the phone, or the phone refuses
 */
export const leadHere = async ({ adbPort, serial }: PhoneOnAdb, port: number): Promise<number> => {
  const told = await converse(adbPort, [`host:transport:${serial}`, `reverse:forward:tcp:0;tcp:${port}`])
  const chosen = /^OKAY[0-9a-f]{4}(\d+)$/i.exec(told)?.[1]
  if (chosen === undefined) throw new Error(`the phone led no port here: ${told.replace(/^FAIL[0-9a-f]{4}/i, '')}`)
  return Number(chosen)
}

/** Has it lead nowhere again. One that the phone no longer knows of stays so. */
export const leadNowhere = async ({ adbPort, serial }: PhoneOnAdb, phonePort: number): Promise<void> => {
  await converse(adbPort, [`host:transport:${serial}`, `reverse:killforward:tcp:${phonePort}`]).catch(() => undefined)
}
