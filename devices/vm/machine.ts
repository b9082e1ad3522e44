import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { Channel } from '../../harness/contract/device.ts'
import type { AgentLink } from '../linux/agent-link.ts'
import type { Boot } from '../linux/machine.ts'
import { findAcceleration, trialMs } from './acceleration.ts'
import { bootVm, VmFault } from './boot.ts'
import type { VmImage } from './image.ts'
import { logIn, logOut, runAsRoot, welcome } from './log-in.ts'
import type { Acceleration, Start } from './qemu-command.ts'
import { makeRunFolder, sweepRunFolders } from './run-folder.ts'

/**
 * The kernel removes expired keys by a timer that a set clock does not move. A key that is taken away makes it look at
 * once, as it would have meanwhile: else the next `keyctl get_persistent` brings an expired keyring back to life.
 */
const collectKeys = 'keyctl invalidate "$(keyctl add user holdfast-clock x @u)"'

export interface VmOptions {
  readonly image: VmImage
  /** The folder for the disk of this run. */
  readonly cache: string
  readonly project: string
  readonly start: Start
  readonly acceleration?: Acceleration
}

/** A machine with a kernel of its own and somebody logged in. Its disk lasts as long as this object. */
export interface VirtualMachine extends AsyncDisposable {
  readonly boots: readonly Boot[]
  readonly acceleration: Acceleration
  readonly ownDisk: true
  agent(): AgentLink
  isUp(): boolean
  /** Starts a process as the user who is logged in. */
  start(command: readonly string[], environment: Readonly<Record<string, string>>): Promise<Channel>
  /** Runs a command to its end as root. What it printed; throws where it fails. */
  asRoot(command: readonly string[]): Promise<string>
  /** Shuts down in good order where it runs, and starts and logs in again. */
  restart(): Promise<void>
  /** Logs out and in on the console; where that has no login, the agent does both. */
  logInAgain?(): Promise<void>
  /** Cuts the power, and starts and logs in again. */
  cutPower(): Promise<void>
  /** Sets the clock, which goes on from there, over restarts too. Milliseconds. */
  advanceClock(by: number): Promise<void>
}

const makeOverlay = async (disk: string, folder: string): Promise<string> => {
  const overlay = join(folder, 'overlay.qcow2')
  try {
    await promisify(execFile)('qemu-img', ['create', '-q', '-f', 'qcow2', '-b', disk, '-F', 'raw', overlay])
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new VmFault(`The virtual machine's disk cannot be made: ${why}. Install qemu-utils.`, { cause })
  }
  return overlay
}

const readable = async (project: string): Promise<void> => {
  const { mode, uid } = await stat(project)
  if ((mode & 0o005) === 0o005 || uid === 1000) return
  throw new VmFault(`The user of the virtual machine may not read ${project}: allow it with chmod o+rx.`)
}

/**
 * Starts a machine on a fresh overlay of the image, and logs in with a throw-away password. It dies with the thread that
 * started it, and its disk is removed, at the next start where that was cut short.
 * @throws VmFault
 */
export const startVirtualMachine = async (options: VmOptions): Promise<VirtualMachine> => {
  const { image, cache, project, start } = options
  await readable(project)
  await sweepRunFolders(cache)
  const folder = await makeRunFolder(cache)
  const password = randomBytes(16).toString('hex')
  const boots: Boot[] = []
  let ahead = 0

  const begin = async () => {
    const overlay = await makeOverlay(image.disk, folder)
    const power = (acceleration: Acceleration, deadlineMs?: number) =>
      bootVm({ image, overlay, project, start, acceleration, clock: Date.now() + ahead }, deadlineMs)
    const trial = async () => {
      try {
        await (await power('kvm', trialMs)).cut()
        return true
      } catch {
        return false
      }
    }
    const acceleration = options.acceleration ?? (await findAcceleration(cache, trial))
    return { acceleration, power: () => power(acceleration) }
  }

  try {
    const { acceleration, power } = await begin()
    const up = async () => {
      const boot = await power()
      boots.push({ kernel: boot.hello.boot, started: boot.hello.started })
      try {
        // The disk keeps what comes of it.
        if (start === 'systemd' && boots.length === 1) await welcome(boot, password)
        return { boot, session: await logIn(boot, start, password) }
      } catch (error) {
        await boot.cut()
        throw error
      }
    }
    let present = await up()
    const logInAgain = async () => {
      const { boot, session } = present
      await logOut(boot)
      await session.link.closed
      present = { boot, session: await logIn(boot, start, password) }
    }
    return {
      boots,
      acceleration,
      ownDisk: true,
      agent: () => present.session.link,
      isUp: () => !present.boot.isGone() && !present.session.link.isClosed(),
      start: async (command, environment) => {
        const { port, surroundings, link } = present.session
        const process = port.start(command, { ...surroundings, ...environment }, 'holdfast')
        const leader = await process.started.catch(async (cause: unknown) => {
          // A command that is not there ends as any other.
          if ((await process.channel.ended) === 'lost') throw cause
          return null
        })
        let over = false
        void process.channel.ended.then(() => {
          over = true
        })
        const kill = async () => {
          process.discard()
          if (!over && leader !== null) await link.ask({ do: 'kill', leader }, z.number()).catch(() => {})
          await process.channel.ended
        }
        return { ...process.channel, ...(leader === null ? {} : { pid: leader }), kill, [Symbol.asyncDispose]: kill }
      },
      asRoot: (command) => runAsRoot(present.boot, command),
      restart: async () => {
        if (!present.boot.isGone()) await present.boot.stop()
        present = await up()
      },
      ...(start === 'systemd' ? { logInAgain } : {}),
      cutPower: async () => {
        await present.boot.cut()
        present = await up()
      },
      advanceClock: async (by) => {
        ahead += by
        const clock = `date --set @${(Date.now() + ahead) / 1000}`
        await runAsRoot(present.boot, ['sh', '-ec', `${clock}; ${collectKeys}`])
      },
      [Symbol.asyncDispose]: async () => {
        await present.boot.cut()
        await rm(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}
