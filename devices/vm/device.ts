import { join } from 'node:path'
import type { Control, ControlName } from '../../harness/contract/controls.ts'
import type { Device } from '../../harness/contract/device.ts'
import { desktopDevice } from '../linux/device.ts'
import { judgeReadings } from '../linux/judge-readings.ts'
import { takeReadings } from '../linux/take-readings.ts'
import { cacheFolder } from './cache-folder.ts'
import { vmImage } from './image.ts'
import { judgeLogin } from './judge-login.ts'
import { judgePower } from './judge-power.ts'
import { takeLoginReading } from './login.ts'
import { startVirtualMachine, type VirtualMachine } from './machine.ts'
import { loseWhat, takePowerReading } from './power.ts'
import type { Start } from './qemu-command.ts'

const controls: readonly ControlName[] = [
  'kill-app',
  'restart-machine',
  'cut-power',
  'lock-keyring',
  'unlock-keyring',
  'restart-keyring',
  'stop-keyring',
  'start-keyring',
  'advance-clock',
  'try-wrong-password',
  'set-prompter',
  'stop-bus',
  'protect-home',
  'fill-disk',
  'wipe-keyring',
  'copy-files',
  'restore-files',
  'damage-file',
]

/** How a machine of each start is called, and what it cannot do: a bus that systemd keeps brings its keyring back. */
const kinds: Readonly<Record<Start, { readonly name: string; readonly lacks: readonly ControlName[] }>> = {
  tiny: { name: 'linux-vm', lacks: [] },
  systemd: { name: 'linux-vm-login', lacks: ['stop-keyring', 'start-keyring', 'stop-bus'] },
}

export interface LinuxVmOptions {
  /** The folder that is seen read-only at /holdfast. Default: the project that holds this file. */
  readonly project?: string
  /** Where the image is kept, and the disk of the run. Default: the person's cache. */
  readonly cache?: string
  /** Default: only what the harness needs. With systemd somebody logs in on the console, and PAM opens the keyring. */
  readonly start?: Start
  /** Told what is being done while an image is made. */
  readonly onProgress?: (step: string) => void
}

/**
 * A small desktop Linux with a kernel of its own and a real GNOME Keyring, in QEMU. A restart boots the kernel anew, and
 * a power cut takes all that was not synced.
 * @throws NoVmImage, VmFault
 */
export const linuxVm = async (options: LinuxVmOptions = {}): Promise<Device> => {
  const { cache = cacheFolder(), start = 'tiny', onProgress } = options
  const project = options.project ?? join(import.meta.dirname, '..', '..')
  const image = await vmImage(cache, onProgress)
  return vmDevice(await startVirtualMachine({ image, cache, project, start }), project, image.kernelVersion, start)
}

const vmDevice = (machine: VirtualMachine, project: string, kernel: string, start: Start): Device =>
  desktopDevice({
    name: kinds[start].name,
    controls: controls.filter((control) => !kinds[start].lacks.includes(control)),
    machine,
    project,
    provider: 'gnome-keyring',
    about: async () => ({ 'linux-image': kernel, acceleration: machine.acceleration }),
    facets: async (desktop, namespace) => {
      const facets = judgeReadings(await takeReadings(desktop, namespace))
      const login = start === 'systemd' ? judgeLogin(await takeLoginReading(machine, namespace)) : null
      return {
        ...facets,
        'power-cut': judgePower(await takePowerReading(machine, namespace)),
        ...(login === null ? {} : { 'login-opens-keyring': login }),
      }
    },
    more: async (asked: Control) => {
      if (asked.control === 'advance-clock') await machine.advanceClock(asked.by)
      else if (asked.control === 'cut-power') await loseWhat(machine, asked.loses)
      else return null
      return 'done'
    },
  })
