import type { OpenFile } from '../../harness/contract/device.ts'

/** What a read of an item gave: its value, or the name of the D-Bus error. */
export type SecretRead = { readonly value: string } | { readonly error: string }

/** What became of an unlock prompt that was shown to nobody. */
export type PromptEnd = 'none' | 'dismissed' | 'answered' | 'pending'

/** The probes of a desktop Linux, each with what it saw. */
export interface Readings {
  readonly presence: { readonly wrote: string; readonly read: SecretRead }
  readonly lock: {
    readonly wrote: string
    /** What the provider said of itself while the read was tried. */
    readonly saidLocked: boolean
    readonly whileLocked: SecretRead
    readonly afterUnlock: SecretRead
  }
  readonly prompt: { readonly became: PromptEnd; readonly stillLocked: boolean; readonly waitedSeconds: number }
  readonly restart: {
    readonly wrote: string
    readonly before: number | null
    readonly after: number | null
    readonly ended: boolean
    /** An item that lives only in the daemon's memory, null where the provider has no such items, and one on disk. */
    readonly inMemory: SecretRead | null
    readonly onDisk: SecretRead
  }
  readonly absence: {
    readonly wrote: string
    /** The error that a caller got while it was away, null where somebody answered. */
    readonly error: string | null
    readonly daemon: number | null
    readonly afterStart: SecretRead
  }
  readonly count: {
    readonly none: number | null
    readonly ours: number | null
    readonly withStrangers: number | null
    readonly swept: number | null
    /** The labels and attributes of both were seen. */
    readonly shown: boolean
    /** Reads that were counted while one was made. */
    readonly reads: number
  }
  readonly wipe: {
    readonly before: number | null
    readonly after: number | null
    /** A read of the wiped item, by its path. */
    readonly read: SecretRead
  }
  /** What a process of its own read of a file of ours in the data folder. Null: there was none. */
  readonly files: {
    readonly wrote: string
    readonly damaged: string | null
    readonly removed: string | null
    readonly putBack: string | null
  }
  /** A wrong password was tried on a locked keyring. */
  readonly password: { readonly lockedBefore: boolean; readonly lockedAfter: boolean }
  /** What became of a prompt with each person who is played. `shown`: how often they were asked. */
  readonly prompter: { readonly dismisses: PromptEnd; readonly never: PromptEnd; readonly shown: number }
  /** Writing a file of ours in the home while it is protected, and afterwards. */
  readonly home: { readonly whileProtected: boolean; readonly afterwards: boolean }
  /** What a process that writes a file in the home got while its disk was full, and afterwards: null where it could. */
  readonly disk: { readonly whileFull: string | null; readonly afterwards: string | null }
  /** Whether a client reached the bus before and after its end. */
  readonly bus: { readonly before: boolean; readonly after: boolean }
  readonly death: {
    readonly echoed: boolean
    readonly before: boolean
    readonly after: boolean
    readonly ended: string
  }
  readonly output: {
    readonly lines: number
    readonly onOutput: number
    readonly onErrors: number
    readonly fileFound: boolean
  }
  readonly sight: {
    /** When files of ours were seen open to others: null is never. `late`: made open, and closed a little later. */
    readonly files: {
      readonly count: number
      readonly byUmask: OpenFile['when'] | null
      readonly own: OpenFile['when'] | null
      readonly late: OpenFile['when'] | null
      /** In a folder for temporary files. */
      readonly temporary: OpenFile['when'] | null
    }
    readonly processes: { readonly inArguments: boolean; readonly inEnvironment: boolean }
    readonly memory: {
      /** Null: it could not be read. */
      readonly bytes: number | null
      readonly held: boolean
      readonly neverMade: boolean
      readonly swappedKiB: number
      /** How many places this machine swaps to. */
      readonly swapAreas: number
      /** Of a core dump, in bytes or `unlimited`. */
      readonly coreLimits: readonly [soft: string, hard: string]
      /** Where the kernel puts core dumps. */
      readonly corePattern: string
    }
  }
  readonly machine: {
    readonly wrote: string
    readonly kernel: readonly [before: string, after: string]
    readonly started: readonly [before: number, after: number]
    readonly ended: string
    /** A file in the home folder, and one in the run folder, which a start empties. */
    readonly homeFile: boolean
    readonly runFile: boolean
    readonly onDisk: SecretRead
    /** What adding a key to the kernel's keyring of the user said (null: it was added), and whether it was there after. */
    readonly kernelKey: { readonly refused: string | null; readonly kept: boolean }
  }
}

/** A probe that could not be carried out says why. */
export type Reading<K extends keyof Readings> = Readings[K] | { readonly failed: string }
export type AllReadings = { readonly [K in keyof Readings]: Reading<K> }
