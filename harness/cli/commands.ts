import type { Command } from './command.ts'

interface Entry {
  readonly name: string
  readonly summary: string
  /** Loaded only when it is run or asked for help: the command line must answer at once. */
  readonly load: () => Promise<Command>
  /** Not for people: left out of the help. */
  readonly internal?: true
}

/** Every command of `holdfast`, in the order of the help. */
export const commands: readonly Entry[] = [
  {
    name: 'run',
    summary: 'judge vaults and write reports',
    load: async () => (await import('./commands/run.ts')).run,
  },
  {
    name: 'smoke',
    summary: 'try an adapter before anything is judged: does it answer as it should, and whose fault is it',
    load: async () => (await import('./commands/smoke.ts')).smoke,
  },
  {
    name: 'list',
    summary: 'list all requirements',
    load: async () => (await import('./commands/list.ts')).list,
  },
  {
    name: 'explain',
    summary: 'say what a requirement asks, why it matters and what to do',
    load: async () => (await import('./commands/explain.ts')).explain,
  },
  {
    name: 'replay',
    summary: 'run the program of a failure again',
    load: async () => (await import('./commands/replay.ts')).replay,
  },
  {
    name: 'shrink',
    summary: 'cut the program of a recorded failure down further',
    load: async () => (await import('./commands/shrink.ts')).shrink,
  },
  {
    name: 'report',
    summary: 'write a report of an earlier run',
    load: async () => (await import('./commands/report.ts')).report,
  },
  {
    name: 'audit',
    summary: 'verify an exported audit log offline',
    load: async () => (await import('./commands/audit.ts')).audit,
  },
  {
    name: 'doctor',
    summary: 'say which devices can run on this machine, and what each still lacks',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  {
    name: 'capabilities',
    summary: 'tell grants of a Tauri app that are too wide',
    load: async () => (await import('./commands/capabilities.ts')).capabilities,
  },
  {
    name: 'cache',
    summary: 'show what virtual machines keep on this machine, or remove it',
    load: async () => (await import('./commands/cache.ts')).cache,
  },
  {
    name: 'start',
    summary: 'the main job of npm start: judge all vaults of holdfast.config.ts where they can run',
    load: async () => (await import('./commands/start.ts')).start,
    internal: true,
  },
]
