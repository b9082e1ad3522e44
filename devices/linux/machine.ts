import { randomBytes } from 'node:crypto'
import { stat } from 'node:fs/promises'
import type { Duplex } from 'node:stream'
import { z } from 'zod'
import { type AgentLink, agentLink } from './agent-link.ts'
import { type Engine, statusOf } from './engine.ts'
import { type HomeVolume, makeHomeVolume } from './home-volume.ts'
import { runLabels, thisRun } from './run-label.ts'
import { removeContainer } from './sweep-containers.ts'

export type Container = Awaited<ReturnType<Engine['createContainer']>>

/** Where the project is inside. */
export const projectMount = '/holdfast'
/** Where vaults keep files of their own. All in it goes with each program. */
const dataFolder = '/home/holdfast/data'
const agentDeadlineMs = 60_000
/** How long a stop in good order may take before the engine kills, in seconds. */
const stopSeconds = 5

const bootSchema = z.strictObject({ kernel: z.string(), started: z.number() })
/** One start of the machine: the kernel's boot id, and when its first process began in clock ticks. */
export type Boot = Readonly<z.infer<typeof bootSchema>>

/** One container as a small desktop machine with somebody logged in. */
export interface Machine extends AsyncDisposable {
  /** The present one. */
  container(): Container
  /** Of the present boot. */
  agent(): AgentLink
  readonly boots: readonly Boot[]
  /** Stops in good order where it runs, and starts again: the disk stays, every process ends. */
  restart(): Promise<void>
}

/** The folder cannot be used inside a container. */
export class BadMount extends Error {
  override readonly name = 'BadMount'
}

/** Who runs in there: an ordinary user, or the project's owner where nobody else may read the project. */
export const userFor = (project: { readonly mode: number; readonly uid: number; readonly gid: number }): string =>
  (project.mode & 0o005) === 0o005 ? '1000:1000' : `${project.uid}:${project.gid}`

export interface MachineOptions {
  /** Whether processes may use the keyrings of the kernel, which all containers share with the machine around them. */
  readonly kernelKeyring?: boolean
  /**
   * Whether a restart takes the container away and makes a new one of the same image, with the home on a volume, as an
   * update of an image does. Default: the same container starts again.
   */
  readonly replaced?: boolean
}

const createContainer = async (
  engine: Engine,
  image: string,
  project: string,
  { kernelKeyring = false }: MachineOptions,
  home: HomeVolume | null,
): Promise<Container> => {
  const user = userFor(await stat(project))
  return engine.createContainer({
    Image: image,
    User: user,
    WorkingDir: projectMount,
    Env: [`PATH=${projectMount}/node_modules/node/bin:/usr/local/bin:/usr/bin:/bin`, `HOLDFAST_DATA=${dataFolder}`],
    Labels: runLabels(thisRun()),
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Tty: false,
    HostConfig: {
      Binds: [`${project}:${projectMount}:ro`, ...(home === null ? [] : [`${home.name}:/home/holdfast`])],
      Tmpfs: { '/run/holdfast': 'mode=1777' },
      NetworkMode: 'none',
      CapDrop: ['ALL'],
      // The usual filter of system calls refuses those of the kernel's keyrings.
      SecurityOpt: ['no-new-privileges', ...(kernelKeyring ? ['seccomp=unconfined'] : [])],
      PidsLimit: 2048,
      // What the agent says holds pieces of files: not for the engine's logs.
      LogConfig: { Type: 'none', Config: {} },
    },
  })
}

/** Stops in good order. It may have stopped by itself. */
const stop = async (container: Container): Promise<void> => {
  try {
    await container.stop({ t: stopSeconds })
  } catch (error) {
    if (statusOf(error) !== 304) throw error
  }
}

/**
 * Starts a machine from the image, with `project` at /holdfast, read-only, and logs in: session bus and keyring with a
 * throw-away password. It ends with this process, and is swept at the next start if its removal was cut short.
 */
export const startMachine = async (
  engine: Engine,
  image: string,
  project: string,
  options: MachineOptions = {},
): Promise<Machine> => {
  const password = randomBytes(16).toString('hex')
  const home = options.replaced === true ? await makeHomeVolume(engine) : null
  const create = () => createContainer(engine, image, project, options, home)
  let container = await create().catch(async (error: unknown) => {
    await home?.[Symbol.asyncDispose]()
    throw error
  })
  const boots: Boot[] = []
  const remove = async () => {
    await removeContainer(engine, container.id)
    await home?.[Symbol.asyncDispose]()
  }

  const bootUp = async (): Promise<AgentLink> => {
    const streams = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true }
    const link = agentLink((await container.attach(streams)) as Duplex, agentDeadlineMs)
    await container.start()
    boots.push(await link.ask({ do: 'login', password }, bootSchema))
    return link
  }
  try {
    let link = await bootUp()
    if (!(await link.ask({ do: 'has', path: `${projectMount}/package.json` }, z.boolean()))) {
      throw new BadMount(
        `The container does not see ${project} (no package.json there): the engine must run on this machine and may ` +
          'mount this folder.',
      )
    }
    return {
      container: () => container,
      agent: () => link,
      boots,
      restart: async () => {
        await stop(container)
        await link.closed
        if (home !== null) {
          await removeContainer(engine, container.id)
          container = await create()
        }
        link = await bootUp()
      },
      [Symbol.asyncDispose]: remove,
    }
  } catch (error) {
    await remove()
    throw error
  }
}
