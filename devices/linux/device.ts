import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Control, ControlName } from '../../harness/contract/controls.ts'
import type { Device } from '../../harness/contract/device.ts'
import type { Environment } from '../../harness/contract/environment.ts'
import { connectEngine, type Engine } from './engine.ts'
import { execChannel } from './exec-channel.ts'
import { sweepHomeVolumes } from './home-volume.ts'
import { linuxImage, linuxImageFrom, type OnProgress, type Provider } from './image.ts'
import { judgeReadings } from './judge-readings.ts'
import { type Machine, startMachine } from './machine.ts'
import { watchedDesktop } from './sight.ts'
import { sweepContainers } from './sweep-containers.ts'
import { type Desktop, footprintSchema, stateSchema, takeReadings } from './take-readings.ts'
import { readTraces } from './traces.ts'
import { vaultFiles } from './vault-files.ts'

const controls: readonly ControlName[] = [
  'kill-app',
  'restart-machine',
  'lock-keyring',
  'unlock-keyring',
  'restart-keyring',
  'stop-keyring',
  'start-keyring',
  'wipe-keyring',
  'try-wrong-password',
  'set-prompter',
  'stop-bus',
  'protect-home',
  'copy-files',
  'restore-files',
  'damage-file',
]

export interface LinuxContainerOptions {
  /** Who keeps the secrets behind the Secret Service. Default: GNOME Keyring. */
  readonly provider?: Provider
  /** Whether vaults may use the kernel's keyrings, which a container shares with this machine. Default: they may not. */
  readonly kernelKeyring?: boolean
  /** Whether a restart takes the container away and makes a new one, with the home on a volume. Default: it starts again. */
  readonly replaced?: boolean
  /**
   * Whether the home is on a disk of its own, whose power can be cut: what had not reached it is gone. The kernel and its
   * keyrings go on. Takes root on this machine. Default: it is not.
   */
  readonly disk?: boolean
  /** The folder that is mounted read-only at /holdfast. Default: the project that holds this file. */
  readonly project?: string
  /** An image with the vault in it: made from ours, or another Debian, to which ours is added. Default: ours alone. */
  readonly image?: string
  /** Told what is being done while an image is made. */
  readonly onProgress?: OnProgress
  /** Default: the one that testcontainers finds. */
  readonly engine?: Engine
}

/**
 * A small desktop Linux with a real keyring provider, in a container of its own. Commands run in /holdfast as an ordinary
 * user, with `node` and the session bus at hand.
 * @throws NoEngine, NoImage, BadMount
 */
export const linuxContainer = async (options: LinuxContainerOptions = {}): Promise<Device> => {
  const project = options.project ?? join(import.meta.dirname, '..', '..')
  const engine = options.engine ?? (await connectEngine())
  await sweepContainers(engine)
  await sweepHomeVolumes(engine)
  const provider = options.provider ?? 'gnome-keyring'
  const image = await (options.image === undefined
    ? linuxImage(engine, provider, options.onProgress)
    : linuxImageFrom(engine, options.image, provider, options.onProgress))
  return linuxDevice(engine, await startMachine(engine, image, project, options), project, provider, options.disk)
}

/** The names of the devices, by their providers. */
export const deviceNames: Readonly<Record<Provider, string>> = {
  'gnome-keyring': 'linux-container',
  keepassxc: 'linux-keepassxc',
}

const linuxDevice = (engine: Engine, machine: Machine, project: string, provider: Provider, disk = false): Device =>
  desktopDevice({
    name: deviceNames[provider],
    // KeePassXC asks in a window of its own.
    controls: [
      ...controls.filter((control) => control !== 'set-prompter' || provider === 'gnome-keyring'),
      ...(disk ? (['cut-power', 'fill-disk'] as const) : []),
    ],
    machine: {
      agent: machine.agent,
      boots: machine.boots,
      restart: machine.restart,
      ownDisk: disk,
      start: (command, environment) => execChannel(machine, command, environment),
      [Symbol.asyncDispose]: () => machine[Symbol.asyncDispose](),
    },
    project,
    provider,
    about: async () => ({ engine: (await engine.version()).Version }),
    facets: async (desktop, namespace) => judgeReadings(await takeReadings(desktop, namespace)),
    more: async (asked) => {
      if (asked.control !== 'cut-power') return null
      if (!disk || asked.loses !== 'all') return 'skipped'
      await machine.cutPower()
      return 'done'
    },
  })

/** What makes a device of a desktop machine: all else is the same for a container and a machine with its own kernel. */
export interface DesktopParts {
  readonly name: string
  readonly controls: readonly ControlName[]
  readonly machine: Desktop & AsyncDisposable
  /** The folder that is at /holdfast. */
  readonly project: string
  readonly provider: Provider
  /** Versions of what runs the machine. */
  about(): Promise<Readonly<Record<string, string>>>
  /** Probes it, and leaves it empty under the namespace. */
  facets(machine: Desktop, namespace: string): Promise<Environment['facets']>
  /** Controls of this machine alone. Null where it is none of them. */
  more?(asked: Control): Promise<'done' | 'skipped' | null>
}

/** A desktop machine with somebody logged in, as a device. */
export const desktopDevice = (parts: DesktopParts): Device => {
  const { name, controls, machine, project, provider } = parts
  const started = performance.now()
  let readsBefore = 0
  let readsNow = 0
  let counting = machine.agent()
  const state = () => machine.agent().ask({ do: 'state' }, stateSchema)
  const act = (name: 'lock' | 'unlock' | 'start' | 'restore') => machine.agent().ask({ do: name }, stateSchema)
  const files = vaultFiles(machine)
  const watched = watchedDesktop(machine)
  /** Until the next boot nothing can be done on a machine without a bus. */
  let busless: number | null = null
  const withoutBus = () => busless === machine.boots.length

  const apply = async (asked: Control): Promise<'done' | 'skipped'> => {
    const { control } = asked
    if (control === 'protect-home') {
      await machine.agent().ask({ do: 'protect_home', on: asked.writes === 'refused' }, z.null())
      return 'done'
    }
    if (control === 'fill-disk') {
      if (machine.ownDisk !== true) return 'skipped'
      await machine.agent().ask({ do: 'fill_disk', on: asked.room === 'none' }, z.null())
      return 'done'
    }
    if (control === 'copy-files') return files.copy()
    if (control === 'restore-files') return files.putBack()
    if (control === 'damage-file') return files.damage(asked)
    if (control === 'restart-machine') {
      if (asked.reach === 'session') await logInAgain()
      else await machine.restart()
      if (asked.keyring === 'locked') await act('lock')
      if (asked.keyring === 'absent') await machine.agent().ask({ do: 'stop' }, z.unknown())
      return 'done'
    }
    const own = (await parts.more?.(asked)) ?? null
    if (own !== null) return own
    if (withoutBus()) return 'skipped'
    if (control === 'stop-bus') {
      await machine.agent().ask({ do: 'stop_bus' }, z.null())
      busless = machine.boots.length
      return 'done'
    }
    if (control === 'set-prompter') {
      if (!controls.includes(control)) return 'skipped'
      await machine.agent().ask({ do: 'prompter', answers: asked.answers }, z.null())
      return 'done'
    }
    const { daemon, locked } = await state()
    const absent = daemon === null
    if (control === 'start-keyring' ? !absent : absent) return 'skipped'
    // A locked keyring gives nothing away, and nothing of it can be removed.
    if (control === 'wipe-keyring') return !locked && (await wipe()) > 0 ? 'done' : 'skipped'
    if (control === 'try-wrong-password') {
      if (!locked) return 'skipped'
      await machine.agent().ask({ do: 'try_password', password: randomBytes(8).toString('hex') }, stateSchema)
      return 'done'
    }
    if (control === 'lock-keyring') await act('lock')
    else if (control === 'unlock-keyring') await act('unlock')
    else if (control === 'start-keyring') await act('start')
    else if (control === 'restart-keyring')
      await machine.agent().ask({ do: 'restart', asked: asked.daemon === 'asked' }, z.unknown())
    else if (control === 'stop-keyring') await machine.agent().ask({ do: 'stop' }, z.unknown())
    else return 'skipped'
    return 'done'
  }
  const logInAgain = async () => {
    if (withoutBus()) return machine.restart()
    if (machine.logInAgain === undefined) await machine.agent().ask({ do: 'log_in_again' }, z.null())
    else await machine.logInAgain()
    // Its reads are counted from the beginning.
    readsBefore = readsNow
  }
  const wipe = () => machine.agent().ask({ do: 'wipe' }, z.number())
  const software = async () => {
    const packages = [provider, 'dbus', 'python3', 'python3-keyring', 'python3-secretstorage', 'libsecret-tools']
    const found = await machine.agent().ask({ do: 'software', packages }, z.record(z.string(), z.string()))
    const manifest = await readFile(join(project, 'node_modules/node/package.json'), 'utf8').catch(() => '{}')
    const { version } = z.object({ version: z.string().optional() }).parse(JSON.parse(manifest))
    return { ...found, ...(await parts.about()), ...(version === undefined ? {} : { node: version }) }
  }

  return {
    name,
    controls: new Set(controls),
    calibrate: async (): Promise<Environment> => ({
      device: name,
      fidelity: 'F2',
      software: await software(),
      facets: await parts.facets(machine, `holdfast-calibration-${randomBytes(4).toString('hex')}`),
      controls: [...controls],
    }),
    channel: watched.start,
    restore: async () => {
      files.forget()
      if (machine.agent().isClosed() || withoutBus()) await machine.restart()
      else await act('restore')
    },
    apply,
    now: () => performance.now() - started,
    boot: () => machine.boots.length - 1,
    footprint: async (namespace) => {
      const seen = await machine.agent().ask({ do: 'footprint', namespace }, footprintSchema)
      if (seen === null) return null
      // A new agent counts from the beginning.
      if (machine.agent() !== counting) readsBefore = readsNow
      counting = machine.agent()
      readsNow = readsBefore + seen.secretReads
      return { items: seen.items, secretReads: readsNow }
    },
    files: () => files.contents(),
    sight: watched.sight,
    traces: (namespace) => readTraces(machine.agent(), namespace),
    sweep: async (namespace) => {
      if (withoutBus()) await machine.restart()
      await machine.agent().ask({ do: 'sweep', namespace }, z.null())
    },
    [Symbol.asyncDispose]: () => machine[Symbol.asyncDispose](),
  }
}
