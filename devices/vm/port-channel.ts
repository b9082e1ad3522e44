import type { Channel } from '../../harness/contract/device.ts'
import { errorLog } from '../linux/error-log.ts'
import { endedAs } from '../linux/exec-channel.ts'
import { lineQueue } from '../linux/line-queue.ts'
import type { MachineLine, PortRequest } from './port-lines.ts'

const limits = { line: 64 * 1024 * 1024, queued: 8 * 1024 * 1024 }

/** One process of the machine, and what the port says of it. */
export interface PortProcess {
  /** `kill` is not part of it: who ends its family is another's affair. */
  readonly channel: Omit<Channel, 'kill' | typeof Symbol.asyncDispose>
  /** Its id there. Rejects where it ended before it had one. */
  readonly started: Promise<number>
  hear(line: Exclude<MachineLine, { hello: unknown }>): void
  /** The machine is gone. */
  lose(): void
  /** Nobody reads its output any more. */
  discard(): void
}

/** Carries a process's lines over the port that all share. Its output is held up while 8 MiB of it wait to be taken. */
export const portProcess = (
  process: number,
  command: readonly string[],
  say: (request: PortRequest) => void,
): PortProcess => {
  const errors = errorLog()
  const name = command.join(' ')
  let over = false
  let owed = 0
  const pay = () => {
    if (owed > 0 && !over) say({ do: 'more', process, output: 'out', bytes: owed })
    owed = 0
  }
  const queue = lineQueue(limits, pay, (bytes) =>
    errors.push(Buffer.from(`[holdfast: a line was cut by ${bytes} bytes]\n`)),
  )
  const start = Promise.withResolvers<number>()
  const end = Promise.withResolvers<string>()
  // Its end may be awaited alone.
  start.promise.catch(() => {})
  const finish = (how: string) => {
    if (over) return
    over = true
    queue.end()
    start.reject(new Error(`'${name}' did not start in the machine: ${how}`))
    end.resolve(how)
  }
  return {
    channel: {
      send: (line) => {
        if (over) throw new Error(`'${name}' has ended in the machine: nothing can be sent to it`)
        say({ do: 'give', process, input: Buffer.from(`${line}\n`).toString('base64') })
      },
      lines: queue.lines,
      takeErrors: errors.take,
      ended: end.promise,
    },
    started: start.promise,
    hear: (line) => {
      if ('pid' in line) start.resolve(line.pid)
      else if ('ended' in line) finish(endedAs(line.ended))
      else if ('err' in line) {
        const piece = Buffer.from(line.err, 'base64')
        errors.push(piece)
        say({ do: 'more', process, output: 'err', bytes: piece.length })
      } else {
        const piece = Buffer.from(line.out, 'base64')
        queue.push(piece)
        owed += piece.length
        if (!queue.full()) pay()
      }
    },
    lose: () => finish(endedAs(null)),
    discard: () => queue.discard(),
  }
}
