import type { Control } from '../../harness/contract/controls.ts'

/** A control, or milliseconds of waiting as time goes by. */
export type Step = Control | { readonly wait: number }

/**
 * A container that starts again, one that is replaced by another on its volume, one with the home on a disk of its own, a
 * machine with its own kernel, or such a one with systemd, where somebody logs in by PAM.
 */
export const places = ['container', 'volume', 'disk', 'vm', 'login'] as const
export type Place = (typeof places)[number]

/** Something that happens between a write that was acknowledged and a read by a fresh process of the vault. */
export interface PersistenceEvent {
  readonly id: string
  /** Head of its column. */
  readonly title: string
  readonly meaning: string
  /** Where it is what it says: a container restarts no kernel, and loses nothing when its power is cut. */
  readonly on: Place
  /**
   * Whether all clients write at the same time, and it happens once for all of them: a machine takes long to start. Not
   * where the moment counts: what one client syncs takes what another has just written to the disk too.
   */
  readonly shared?: boolean
  /** Done before any value is written. */
  readonly before?: readonly Step[]
  /** Done after the entry that nobody touches was written, and before the value is. */
  readonly meanwhile?: readonly Step[]
  readonly steps: readonly Step[]
}

const day = 24 * 3600 * 1000

/** The columns of the table. To add one, add a row: any control of a device can stand in it. */
export const events: readonly PersistenceEvent[] = [
  {
    id: 'vault-restart',
    title: 'vault restarts',
    meaning: "the vault's process is killed and started again",
    on: 'container',
    steps: [{ control: 'kill-app' }],
  },
  {
    id: 'locked',
    title: 'keyring locked',
    meaning: 'the keyring is locked, as a screen lock of some desktops does',
    on: 'container',
    steps: [{ control: 'kill-app' }, { control: 'lock-keyring' }],
  },
  {
    id: 'daemon-restart',
    title: 'daemon restarts',
    meaning: 'the daemon is asked to end 2 seconds later, and started again with the keyring unlocked',
    on: 'container',
    steps: [{ control: 'kill-app' }, { wait: 2000 }, { control: 'restart-keyring', daemon: 'asked' }],
  },
  {
    id: 'daemon-kill',
    title: 'daemon killed at once',
    meaning: 'the daemon is killed right after the write was acknowledged, and started again',
    on: 'container',
    steps: [{ control: 'restart-keyring' }],
  },
  {
    id: 'daemon-kill-later',
    title: 'daemon killed 2 s later',
    meaning: 'the same two seconds later',
    on: 'container',
    steps: [{ wait: 2000 }, { control: 'restart-keyring' }],
  },
  {
    id: 'container-restart',
    title: 'container restarts',
    meaning: 'every process is asked to end and the container starts again on the same disk and the same kernel',
    on: 'container',
    steps: [{ control: 'restart-machine' }],
  },
  {
    id: 'log-out',
    title: 'log-out',
    meaning: 'all that the person runs is ended, and they log in again; the machine goes on',
    on: 'container',
    steps: [{ control: 'restart-machine', reach: 'session' }],
  },
  {
    id: 'container-replaced',
    title: 'container replaced, home on a volume',
    meaning: 'the container is taken away and a new one of the same image comes, with the home on a volume',
    on: 'volume',
    steps: [{ control: 'restart-machine' }],
  },
  {
    id: 'no-service',
    title: 'written with no service, then restart',
    meaning: 'the service is away while the value is written; then the machine restarts, with the service there',
    on: 'container',
    before: [{ control: 'stop-keyring' }],
    steps: [{ control: 'restart-machine' }],
  },
  {
    id: 'disk-cut',
    title: 'disk cut off at once',
    meaning: 'right after the write was acknowledged, all that had not reached the disk of the home is lost',
    on: 'disk',
    steps: [{ control: 'cut-power', loses: 'all' }],
  },
  {
    id: 'disk-cut-later',
    title: 'disk cut off 6 s later',
    meaning: 'the same six seconds later, when the journal of the file system has been committed once',
    on: 'disk',
    steps: [{ wait: 6000 }, { control: 'cut-power', loses: 'all' }],
  },
  {
    id: 'disk-full',
    title: 'written on a full disk',
    meaning: 'the disk of the home has no room while the value is written; then it has, and the machine restarts',
    on: 'disk',
    meanwhile: [{ control: 'fill-disk', room: 'none' }],
    steps: [{ control: 'fill-disk', room: 'back' }, { control: 'restart-machine' }],
  },
  {
    id: 'clean-reboot',
    title: 'clean reboot',
    meaning: 'the machine shuts down in good order and boots a new kernel',
    on: 'vm',
    shared: true,
    steps: [{ control: 'restart-machine' }],
  },
  {
    id: 'power-cut',
    title: 'power cut at once',
    meaning: 'the power is cut right after the write was acknowledged',
    on: 'vm',
    steps: [{ control: 'cut-power', loses: 'all' }],
  },
  {
    id: 'power-cut-later',
    title: 'power cut 5 s later',
    meaning: 'the same five seconds later',
    on: 'vm',
    shared: true,
    steps: [{ wait: 5000 }, { control: 'cut-power', loses: 'all' }],
  },
  {
    id: 'power-cut-after-flush',
    title: 'power cut 40 s later',
    meaning: 'the same forty seconds later, when the kernel has written back what was not synced',
    on: 'vm',
    shared: true,
    steps: [{ wait: 40_000 }, { control: 'cut-power', loses: 'all' }],
  },
  {
    id: 'idle-days',
    title: 'four idle days',
    meaning: 'nothing is touched for four days',
    on: 'vm',
    shared: true,
    steps: [{ control: 'kill-app' }, { control: 'advance-clock', by: 4 * day }],
  },
  {
    id: 'pam-log-out',
    title: 'log-out and login by PAM',
    meaning: 'they log out of a console and in again with their password, under systemd; the kernel goes on',
    on: 'login',
    shared: true,
    steps: [{ control: 'restart-machine', reach: 'session' }],
  },
  {
    id: 'pam-reboot',
    title: 'clean reboot, login by PAM',
    meaning: 'systemd shuts the machine down, a new kernel boots, and they log in with their password',
    on: 'login',
    shared: true,
    steps: [{ control: 'restart-machine' }],
  },
]
