import { spawn } from 'node:child_process'
import type { Duplex } from 'node:stream'
import { DeviceFault } from '../../harness/contract/device.ts'
import { type Console, openConsole } from './console.ts'
import { openPort, type Port } from './port.ts'
import type { Hello } from './port-lines.ts'
import { portDescriptors, type QemuOptions, qemuCommand } from './qemu-command.ts'

/** An emulated machine on a busy one is slow. */
export const bootDeadlineMs = 600_000
const stopDeadlineMs = 120_000

/** The machine from a start to its end: one process of QEMU. */
export interface VmBoot {
  readonly hello: Hello
  /** Of root, from the start on. */
  readonly machine: Port
  /** Of whoever has logged in on the console. */
  readonly session: Port
  readonly console: Console
  /** Shuts it down in good order: everything is asked to end, and the disk is synced. */
  stop(): Promise<void>
  /** Cuts its power: all of its memory is gone at once. */
  cut(): Promise<void>
  isGone(): boolean
  /** What comes of it; a fault with what the console showed where it takes longer, or the machine ends. Milliseconds. */
  within<T>(ms: number, what: Promise<T>, otherwise: string): Promise<T>
}

/** The virtual machine does not come up, or does not go down. */
export class VmFault extends DeviceFault {
  override readonly name = 'VmFault'
}

/**
 * Starts the machine and waits until it says hello.
 * @param deadlineMs milliseconds until then
 * @throws VmFault with what its console showed
 */
export const bootVm = async (options: QemuOptions, deadlineMs = bootDeadlineMs): Promise<VmBoot> => {
  const [program = '', ...args] = qemuCommand(options)
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe', 'pipe', 'pipe'] })
  const console = openConsole(child.stdin, [child.stdout, child.stderr])
  const fault = (what: string) =>
    new VmFault(`The virtual machine ${what}. Its console: ${console.shown().trim() || 'nothing'}`)
  const within = async <T>(ms: number, what: Promise<T>, otherwise: string): Promise<T> => {
    const deadline = Promise.withResolvers<never>()
    const timer = setTimeout(() => deadline.reject(fault(`${otherwise} within ${ms} ms`)), ms)
    try {
      return await Promise.race([what, deadline.promise])
    } finally {
      clearTimeout(timer)
    }
  }

  let gone = false
  const end = Promise.withResolvers<never>()
  const exit = Promise.withResolvers<void>()
  const ended = end.promise
  ended.catch(() => {})
  const kill = async () => {
    child.kill('SIGKILL')
    await exit.promise
  }
  const machine = openPort(child.stdio[portDescriptors.machine] as Duplex, (error) => {
    // A line that was cut short by the end of the machine is nobody's fault.
    if (!gone) console.note(`[holdfast: its port said something else: ${String(error)}]`)
    void kill()
  })
  // A session may end in the middle of a line, with all that it started.
  const session = openPort(child.stdio[portDescriptors.session] as Duplex, () => session.lose())
  const over = (why: string) => {
    gone = true
    for (const port of [machine, session]) port.lose()
    end.reject(fault(why))
    exit.resolve()
  }
  child.on('error', (error) => over(`could not be started (${error.message}): install qemu-system-x86 and qemu-utils`))
  child.on('exit', (code, signal) => over(`ended by ${signal ?? code}`))

  try {
    const whileUp: VmBoot['within'] = (ms, what, otherwise) => within(ms, Promise.race([what, ended]), otherwise)
    const hello = await whileUp(deadlineMs, machine.hello(), 'did not say hello')
    return {
      hello,
      machine,
      session,
      console,
      stop: async () => {
        machine.stop()
        await within(stopDeadlineMs, exit.promise, 'did not stop')
      },
      cut: kill,
      isGone: () => gone,
      within: whileUp,
    }
  } catch (error) {
    await kill()
    throw error
  }
}
