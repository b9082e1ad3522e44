import type { Control, ControlName } from '../../harness/contract/controls.ts'
import type { Derivation, Device, Effects } from '../../harness/contract/device.ts'
import { damage } from '../../harness/contract/file-damage.ts'
import type { DesktopPorts, KeyringState } from '../../harness/contract/platforms/desktop.ts'
import { createClock } from '../simulation/clock.ts'
import { createRandom } from '../simulation/random.ts'
import { createSeam } from '../simulation/seam.ts'
import { calibrate } from './calibration.ts'
import { createDisk } from './disk.ts'
import { createKdf, type KdfCost, kdfLabel } from './kdf.ts'
import { createKeyring } from './keyring.ts'
import { createPerson, oneScreen } from './person.ts'

const done = Promise.resolve('done' as const)
const skipped = Promise.resolve('skipped' as const)
const restored = Promise.resolve()
const utf8 = new TextEncoder()

/** Which states of the keyring a control changes, and into what. Elsewhere the control has no meaning. */
const keyringControls: Readonly<
  Partial<Record<ControlName, { readonly from: readonly KeyringState[]; readonly to: KeyringState | 'restarted' }>>
> = {
  'lock-keyring': { from: ['unlocked'], to: 'locked' },
  'unlock-keyring': { from: ['locked'], to: 'unlocked' },
  'restart-keyring': { from: ['unlocked', 'locked'], to: 'restarted' },
  'stop-keyring': { from: ['unlocked', 'locked'], to: 'absent' },
  'start-keyring': { from: ['absent'], to: 'unlocked' },
}

const offered: readonly ControlName[] = [
  ...(Object.keys(keyringControls) as ControlName[]),
  'kill-app',
  'restart-machine',
  'cut-power',
  'advance-clock',
  'wipe-keyring',
  'duplicate-items',
  'swap-keyring',
  'cancel-prompt',
  'time-out-prompt',
  'copy-files',
  'restore-files',
  'damage-file',
  'damage-log',
  'rewrite-log',
  'update-app',
  'downgrade-app',
]

/** How long a process waits for a lock that another one holds. */
const lockPatienceMs = 10_000

export interface ModelOptions {
  /** Default `reduced`. */
  readonly kdf?: KdfCost
}

/**
 * The device `model`: a desktop that is simulated in this process, with disk, keyring and clock. Everything it does is
 * done at once, inside the call; promises are for the contract's sake.
 */
export const model = ({ kdf: cost = 'reduced' }: ModelOptions = {}): Device => {
  const seam = createSeam()
  const clock = createClock(seam)
  const disk = createDisk(seam, (over) => clock.at(lockPatienceMs, over))
  const keyring = createKeyring(seam, clock)
  const person = createPerson(seam, clock)
  const prompts = oneScreen(keyring.prompts, person.prompts)
  const random = createRandom()
  let derivations: Derivation[] = []
  const kdf = createKdf(seam, cost, (derivation) => derivations.push(derivation))
  let lines: string[] = []
  let boot = 0
  let release = 1
  /** Where the vault of the program at hand keeps its things. */
  let used = ''
  let copied: Map<string, Uint8Array> | null = null

  const log: DesktopPorts['log'] = {
    write(line) {
      if (seam.alive()) lines.push(line)
    },
  }
  const effects: Effects = {
    ...seam,
    fireTimer: clock.passToTimer,
    drop() {
      seam.drop()
      prompts.lose()
    },
  }

  const apply = (control: Control): Promise<'done' | 'skipped'> => {
    switch (control.control) {
      case 'kill-app':
        return skipped
      case 'restart-machine':
        disk.flush()
        keyring.restart(control.keyring)
        boot += 1
        return done
      case 'cut-power':
        disk.cutPower(control.loses)
        keyring.restart()
        boot += 1
        return done
      case 'advance-clock':
        clock.advance(control.by)
        return done
      case 'wipe-keyring':
        keyring.sweep(used)
        return done
      case 'duplicate-items':
        return keyring.duplicate(used, control.age) > 0 ? done : skipped
      case 'swap-keyring':
        keyring.swap()
        return done
      case 'cancel-prompt':
        return prompts.dismiss() ? done : skipped
      case 'time-out-prompt':
        if (!prompts.leaveAlone()) return skipped
        // One that nobody takes down stays.
        while (prompts.up() && clock.passToTimer());
        return done
      case 'copy-files':
        copied = new Map(disk.contents(used))
        return done
      case 'restore-files':
        if (copied === null) return skipped
        disk.replace(used, copied)
        return done
      case 'update-app':
        release += 1
        return done
      case 'downgrade-app':
        // Before the first release there is none: that one is installed again.
        release = Math.max(1, release - 1)
        return done
      case 'damage-file': {
        const files = new Map(disk.contents(used))
        if (!damage(files, control)) return skipped
        disk.replace(used, files)
        return done
      }
      default: {
        const change = keyringControls[control.control]
        if (change === undefined || !change.from.includes(keyring.state())) return skipped
        if (change.to === 'restarted') keyring.restart()
        else keyring.become(change.to)
        return done
      }
    }
  }

  const device: Device = {
    name: 'model',
    controls: new Set(offered),
    calibrate: async () => {
      const environment = await calibrate(device)
      return { ...environment, software: { ...environment.software, kdf: kdfLabel[cost] } }
    },
    severalProcesses: true,
    inProcess: (namespace) => {
      used = namespace
      return {
        ports: {
          keyring: keyring.port,
          files: disk.folder(namespace),
          random: random.port,
          clock: clock.port,
          kdf,
          log,
          person: person.port,
        },
        directory: namespace,
        release,
      }
    },
    effects,
    prompts,
    restore() {
      seam.reset()
      clock.reset()
      disk.clear()
      keyring.clear()
      person.prompts.reset()
      random.reset()
      if (lines.length > 0) lines = []
      boot = 0
      release = 1
      copied = null
      if (derivations.length > 0) derivations = []
      return restored
    },
    apply,
    now: clock.elapsed,
    boot: () => boot,
    footprint: (namespace) => Promise.resolve({ items: keyring.items(namespace), secretReads: keyring.secretReads() }),
    files: async (namespace) => new Map(disk.contents(namespace)),
    image: {
      take: () => ({ files: new Map(disk.contents(used)), keyring: keyring.keep() }),
      put({ files, keyring: back }, what) {
        disk.replace(used, files)
        if (what === 'all' && typeof back === 'function') back()
      },
    },
    async *traces(namespace) {
      yield { in: 'output', where: 'log', bytes: utf8.encode(lines.join('\n')) }
      for (const [name, bytes] of disk.contents(namespace)) yield { in: 'file', where: name, bytes }
      const attributes = keyring.attributes(namespace)
      if (attributes !== '') yield { in: 'keyring', where: 'labels and attributes', bytes: utf8.encode(attributes) }
    },
    takeDerivations() {
      const taken = derivations
      if (taken.length > 0) derivations = []
      return taken
    },
    sweep(namespace) {
      keyring.sweep(namespace)
      disk.remove(namespace)
      return restored
    },
    async [Symbol.asyncDispose]() {},
  }
  return device
}
