import { imageFolder as agentFolder } from '../linux/image.ts'
import { type VmImage, vmImageFolder } from './image.ts'

/** How the machine comes up: only what the harness needs, or all that a Debian starts, with logins on its console. */
export type Start = 'tiny' | 'systemd'

/** What QEMU emulates the processor with. */
export type Acceleration = 'tcg' | 'kvm'

export interface QemuOptions {
  readonly image: VmImage
  /** The disk of the run, on top of the image's. */
  readonly overlay: string
  /** The folder that is seen read-only at /holdfast. */
  readonly project: string
  readonly start: Start
  readonly acceleration: Acceleration
  /** Milliseconds since 1970 that the machine's clock shows at its start. */
  readonly clock: number
}

/** The file descriptors that QEMU finds the far ends of its ports on: of root, and of whoever has logged in. */
export const portDescriptors = { machine: 3, session: 4 } as const

const inits: Readonly<Record<Start, string>> = { tiny: '/sbin/holdfast-init', systemd: '/sbin/init' }

/** What makes a start quicker: no tests of the kernel's own ciphers, no network, no guards against other guests. */
const quicker = ['cryptomgr.notests', 'ipv6.disable=1', 'mitigations=off', 'apparmor=0', 'selinux=0', 'audit=0']

/**
 * An emulated processor that a busy machine gives no time stands still. The kernel takes that for a timer that does not
 * work, and panics ("IO-APIC + timer doesn't work"), or for a clock or a processor that hangs.
 */
const patient = ['no_timer_check', 'tsc=reliable', 'nowatchdog', 'rcupdate.rcu_cpu_stall_suppress=1']

/** A comma ends an option's value, unless it is doubled. */
const quoted = (path: string) => path.replaceAll(',', ',,')

/** A port that the machine sees by this name. */
const port = ([name, descriptor]: [string, number]): readonly string[] => [
  ...['-chardev', `socket,id=${name},fd=${descriptor}`],
  ...['-device', `virtserialport,chardev=${name},name=holdfast-${name}`],
]

/** A folder that the machine sees and cannot change. */
const folder = (tag: string, path: string): readonly string[] => [
  ...['-fsdev', `local,id=${tag},path=${quoted(path)},security_model=none,readonly=on`],
  ...['-device', `virtio-9p-pci,fsdev=${tag},mount_tag=${tag}`],
]

/**
 * The command that starts the machine: no network, no screen, console on its own input and output, two ports to the
 * harness. QEMU ends when the machine stops or starts anew, and dies with the thread that started it.
 */
export const qemuCommand = ({
  image,
  overlay,
  project,
  start,
  acceleration,
  clock,
}: QemuOptions): readonly string[] => [
  ...['setpriv', '--pdeathsig', 'KILL', '--', 'qemu-system-x86_64'],
  ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot', '-machine', 'q35', '-m', '768', '-smp', '2'],
  ...(acceleration === 'kvm' ? ['-accel', 'kvm', '-cpu', 'host'] : ['-accel', 'tcg,tb-size=128', '-cpu', 'max']),
  ...['-rtc', `base=${new Date(clock).toISOString().slice(0, 19)}`],
  ...['-kernel', image.kernel, '-initrd', image.initramfs],
  ...['-append', ['console=ttyS0 quiet panic=-1', `holdfast.init=${inits[start]}`, ...quicker, ...patient].join(' ')],
  ...['-drive', `if=none,id=disk,file=${quoted(overlay)},format=qcow2,cache=writeback`],
  ...['-device', 'virtio-blk-pci,drive=disk', '-device', 'virtio-rng-pci', '-device', 'virtio-serial-pci'],
  ...Object.entries(portDescriptors).flatMap(port),
  ...folder('project', project),
  ...folder('machine', vmImageFolder),
  ...folder('agent', agentFolder),
  ...['-serial', 'stdio'],
]
