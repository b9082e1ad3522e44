import { spawn } from 'node:child_process'
import type { Duplex } from 'node:stream'
import { DeviceFault } from '../../harness/contract/device.ts'
import { lineQueue } from '../linux/line-queue.ts'
import { type PortProcess, portProcess } from './port-channel.ts'
import { type Hello, machineLineSchema, type PortRequest } from './port-lines.ts'
import { portDescriptor, type QemuOptions, qemuCommand } from './qemu-command.ts'

/** An emulated machine on a busy one is slow. */
const bootDeadlineMs = 600_000
const stopDeadlineMs = 120_000
const consoleKept = 4000
/** What the machine sends is bounded by what it is told that was taken. */
const limits = { line: 64 * 1024 * 1024, queued: 64 * 1024 * 1024 }

/** The machine from a start to its end: one process of QEMU. */
export interface VmBoot {
  readonly hello: Hello
  /** Starts a process in it. */
  start(
    command: readonly string[],
    environment: Readonly<Record<string, string>>,
    user: 'holdfast' | 'root',
  ): PortProcess
  /** Shuts it down in good order: everything is asked to end, and the disk is synced. */
  stop(): Promise<void>
  /** Cuts its power: all of its memory is gone at once. */
  cut(): Promise<void>
  isGone(): boolean
  /** What a person types on its console. */
  type(text: string): void
  /** The last of what its console showed. */
  shown(): string
}

/** The virtual machine does not come up, or does not go down. */
export class VmFault extends DeviceFault {
  override readonly name = 'VmFault'
}

const within = async <T>(ms: number, what: Promise<T>, otherwise: () => Error): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(otherwise()), ms)
  })
  try {
    return await Promise.race([what, late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Starts the machine and waits until it says hello.
 * @param deadlineMs milliseconds until then
 * @throws VmFault with what its console showed
 */
export const bootVm = async (options: QemuOptions, deadlineMs = bootDeadlineMs): Promise<VmBoot> => {
  const [program = '', ...args] = qemuCommand(options)
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe', 'pipe'] })
  const port = child.stdio[portDescriptor] as Duplex
  const processes = new Map<number, PortProcess>()
  const hello = Promise.withResolvers<Hello>()
  hello.promise.catch(() => {})
  let next = 1
  let screen = ''
  let gone = false
  const show = (piece: Buffer) => {
    screen = (screen + piece.toString('utf8')).slice(-consoleKept)
  }
  child.stdout.on('data', show)
  child.stderr.on('data', show)
  // Whatever is written to a machine that has just gone is of no use to anybody.
  for (const stream of [child.stdin, child.stdout, child.stderr, port]) stream.on('error', () => {})
  const fault = (what: string) => new VmFault(`The virtual machine ${what}. Its console: ${screen.trim() || 'nothing'}`)

  const exited = new Promise<void>((resolve) => {
    const end = (why: string) => {
      gone = true
      for (const process of processes.values()) process.lose()
      processes.clear()
      hello.reject(fault(why))
      resolve()
    }
    child.on('error', (error) => end(`could not be started (${error.message}): install qemu-system-x86 and qemu-utils`))
    child.on('exit', (code, signal) => end(`ended by ${signal ?? code} before it was up`))
  })
  const queue = lineQueue(
    limits,
    () => {},
    () => {},
  )
  port.on('data', (piece: Buffer) => queue.push(piece))
  port.on('close', () => queue.end())
  const hear = async () => {
    for await (const text of queue.lines) {
      const line = machineLineSchema.parse(JSON.parse(text))
      if ('hello' in line) hello.resolve(line.hello)
      else {
        processes.get(line.of)?.hear(line)
        if ('ended' in line) processes.delete(line.of)
      }
    }
  }
  const kill = async () => {
    child.kill('SIGKILL')
    await exited
  }
  hear().catch(async (error: unknown) => {
    // A line that was cut short by the end of the machine is nobody's fault.
    if (!gone) show(Buffer.from(`[holdfast: its port said something else: ${String(error)}]`))
    await kill()
  })
  const say = (request: PortRequest) => {
    if (!gone) port.write(`${JSON.stringify(request)}\n`)
  }
  try {
    const greeting = await within(deadlineMs, hello.promise, () => fault(`did not say hello within ${deadlineMs} ms`))
    return {
      hello: greeting,
      start: (command, environment, user) => {
        const number = next++
        const process = portProcess(number, command, say)
        if (gone) process.lose()
        else processes.set(number, process)
        say({ do: 'run', process: number, command, environment, user })
        return process
      },
      stop: async () => {
        say({ do: 'stop' })
        await within(stopDeadlineMs, exited, () => fault(`did not stop within ${stopDeadlineMs} ms`))
      },
      cut: kill,
      isGone: () => gone,
      type: (text) => child.stdin.write(text),
      shown: () => screen,
    }
  } catch (error) {
    await kill()
    throw error
  }
}
