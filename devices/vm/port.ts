import type { Duplex } from 'node:stream'
import { lineQueue } from '../linux/line-queue.ts'
import { type PortProcess, portProcess } from './port-channel.ts'
import { type Hello, machineLineSchema, type PortRequest } from './port-lines.ts'

/** What the machine sends is bounded by what it is told that was taken. */
const limits = { line: 64 * 1024 * 1024, queued: 64 * 1024 * 1024 }

/** Whoever starts processes in the machine: root from its start on, or somebody who has logged in. */
export interface Port {
  /** The next one that says hello: one at each start of the machine, or at each login. */
  hello(): Promise<Hello>
  start(
    command: readonly string[],
    environment: Readonly<Record<string, string>>,
    user: 'holdfast' | 'root',
  ): PortProcess
  /** Asks whoever is at the far side to end. */
  stop(): void
  /** Whoever was at the far side is gone, and with them all that they started. */
  lose(): void
}

/**
 * Speaks JSON lines with machine.py over a port of QEMU.
 * @param onNonsense told of what it said that is no line of ours
 */
export const openPort = (stream: Duplex, onNonsense: (error: unknown) => void): Port => {
  const processes = new Map<number, PortProcess>()
  let hello = Promise.withResolvers<Hello>()
  let next = 1
  let over = false
  const say = (request: PortRequest) => {
    if (!over) stream.write(`${JSON.stringify(request)}\n`)
  }
  const queue = lineQueue(
    limits,
    () => {},
    () => {},
  )
  // Whatever is written to a machine that has just gone is of no use to anybody.
  stream.on('error', () => {})
  stream.on('data', (piece: Buffer) => queue.push(piece))
  stream.on('close', () => {
    over = true
    queue.end()
  })
  const take = (text: string) => {
    const line = machineLineSchema.parse(JSON.parse(text))
    if ('hello' in line) return hello.resolve(line.hello)
    processes.get(line.of)?.hear(line)
    if ('ended' in line) processes.delete(line.of)
  }
  const hear = async () => {
    for await (const text of queue.lines) {
      try {
        // Begun anew, it ends the line that the one before it may not have ended.
        if (text !== '') take(text)
      } catch (error) {
        onNonsense(error)
      }
    }
  }
  void hear()
  return {
    hello: async () => {
      const said = await hello.promise
      hello = Promise.withResolvers()
      return said
    },
    start: (command, environment, user) => {
      const number = next++
      const process = portProcess(number, command, say)
      if (over) process.lose()
      else processes.set(number, process)
      say({ do: 'run', process: number, command, environment, user })
      return process
    },
    stop: () => say({ do: 'stop' }),
    lose: () => {
      for (const process of processes.values()) process.lose()
      processes.clear()
    },
  }
}
