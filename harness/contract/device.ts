import type { Control, ControlName } from './controls.ts'
import type { Environment } from './environment.ts'
import type { AndroidApp } from './platforms/android.ts'
import type { DesktopPorts } from './platforms/desktop.ts'
import type { IosApp } from './platforms/ios.ts'
import type { PromptPhase } from './prompt.ts'
import type { Restoring } from './restoring.ts'

/** Carries the protocol to a vault in a process of its own: lines out, lines in. */
export interface Channel extends AsyncDisposable {
  /** One line without its end. Throws when the far side is gone. */
  send(line: string): void
  /** Lines of its standard output. Ends when the process does. */
  readonly lines: AsyncIterable<string>
  /** Takes what it wrote to standard error since the last call. */
  takeErrors(): string
  /** Its process id, where that means something to the device's own eyes. */
  readonly pid?: number
  /** Kills at once, without goodbye, and resolves when the process is gone. */
  kill(): Promise<void>
  /** Resolves with the exit status, or a signal's name. */
  readonly ended: Promise<string>
}

/** The numbered seam: each effect of a simulated device waits here until it is let through. */
export interface Effects {
  /** How many effects wait. */
  pending(): number
  /** Lets the n-th oldest pending effect happen. */
  complete(index: number): void
  /** How many effects were let through since the device was restored. */
  count(): number
  /** Work outside the seam that must be awaited (a KDF in WebAssembly); null when there is none. */
  outside(): Promise<void> | null
  /** Effects wait only while `hold` is on; otherwise each happens at once, in the call itself, and its promise is settled. */
  hold(on: boolean): void
  /**
   * Arms a strike: in place of the n-th effect from now (0 is the next one) `strike` runs, and from then on no effect
   * happens until `drop`. Null disarms.
   */
  arm(n: number, strike: (() => void) | null): void
  /**
   * Lets happen what the system does by itself after a while or before an end in good order: writes that nobody waits for.
   * False where there was nothing.
   */
  flush?(): boolean
  /** Forgets all pending effects, as the death of their process does: their callers never hear of them. */
  drop(): void
  /** Moves the clock to the earliest timer and fires it. False where no timer waits. */
  fireTimer(): boolean
}

/** What a device gives to a vault that runs in this process. */
export interface InProcess {
  readonly ports: DesktopPorts
  /** Absolute path, or a name on a simulated disk. */
  readonly directory: string
  /** Which release of the app is installed, counted from 1. Absent where the device updates no app. */
  readonly release?: number
}

/** A key derivation that was asked for. Sizes in bytes. */
export interface Derivation {
  readonly algorithm: string
  readonly memoryKiB: number
  readonly iterations: number
  readonly parallelism: number
  readonly saltBytes: number
}

/** Prompts of the system, as the person in front of the phone has them. */
export interface Prompts {
  /** Whether one is up and waits for the person. */
  up(): boolean
  /** The person does what it asks for, correctly. False where nobody can: nothing enrolled, locked out. */
  answer(): boolean
  /** Told of each thing that happens to a prompt, in order, when it happens. One listener. */
  onPhase(listen: (prompt: number, phase: PromptPhase) => void): void
}

/** Prompts of a phone that is driven from outside: only who looks knows whether one is up. */
export interface WatchedPrompts {
  /**
   * Whether one is up and waits for the person. What is seen is told as a phase.
   * @param over asked when it comes to a look: where it says so, nobody needs one any more, and the answer is no
   */
  look(over?: () => boolean): Promise<boolean>
  /** The person does what it asks for, correctly. False where nobody can. */
  answer(): Promise<boolean>
  /** Told of each thing that happens to a prompt, in order, when it is seen. One listener. */
  onPhase(listen: (prompt: number, phase: PromptPhase) => void): void
}

/** What the app broke of the platform's rules, which the platform answers by throwing: a wrong key, no activity. */
export interface Misuse {
  /** The function, as the platform names it. */
  readonly call: string
  readonly rule: string
}

/**
 * Something that a vault left: what it wrote to an output or log, a file of its own, what a process was started with, or
 * what stands in the clear beside a secret in the keyring, its label and attributes.
 */
export interface Trace {
  readonly in: 'output' | 'file' | 'process' | 'keyring'
  /** Its name there: `log`, or the file's path under the vault's folder. */
  readonly where: string
  readonly bytes: Uint8Array
}

/** A file of the vault that others than its owner may use. `born`: it was so when it was made, at least. */
export interface OpenFile {
  readonly where: string
  /** Permission bits. */
  readonly mode: number
  readonly when: 'born' | 'left'
}

/** A secret to be searched for in memory, under a label. */
export interface Sought {
  readonly what: string
  readonly bytes: Uint8Array
}
/** A piece of a secret as it may lie in memory. */
export interface Encoded {
  readonly encoding: string
  readonly bytes: Buffer
}

/** What a search of memory found, and how many bytes were read. */
export interface SeenMemory {
  readonly bytes: number
  readonly found: readonly { readonly what: string; readonly encoding: string }[]
}

/** What can be seen of a vault's processes and files from outside. Null: cannot be seen just now. */
export interface Sight {
  /** A look into memory takes as long as many calls: one of a kind in a program is enough. Default: it does not. */
  readonly slow?: true
  /** How many files the vault made since the last call, and those that others may use. */
  takeFiles(): Promise<{ readonly files: number; readonly open: readonly OpenFile[] } | null>
  /** Arguments and environments that its process, and those it started, had since the last call. */
  takeProcesses(): Promise<readonly Trace[]>
  /** Searches the memory of its process, and of those it started, in pieces of these encodings. */
  searchMemory(sought: readonly Sought[], encodings: (piece: Buffer) => readonly Encoded[]): Promise<SeenMemory | null>
}

/** What a machine keeps of one vault at one moment. */
export interface MachineImage {
  readonly files: ReadonlyMap<string, Uint8Array>
  /** What the keyring holds, as the device has it. */
  readonly keyring: unknown
}

/** The device, or the way to it, failed: the fault of nobody who is judged. The message is one sentence, with what to do. */
export class DeviceFault extends Error {
  override readonly name: string = 'DeviceFault'
}

/** What a device can do with a vault. One device serves one target at a time. */
export interface Device extends AsyncDisposable {
  readonly name: string
  readonly controls: ReadonlySet<ControlName>
  /** Proves its facets by a probe of its own. Called once, before any vault is run. */
  calibrate(): Promise<Environment>
  /** Starts a vault's process there. Absent on devices that only run vaults in process. */
  channel?(command: readonly string[], environment: Readonly<Record<string, string>>): Promise<Channel>
  /** Gives ports to a vault in process. Absent on devices that only run processes. */
  inProcess?(namespace: string): InProcess
  /** Whether `inProcess` may be asked for several processes of one app, which share all but their memory. */
  readonly severalProcesses?: boolean
  /** Gives the phone to a vault in process that is written for it: one process of its app for each call. */
  android?(namespace: string): AndroidApp
  ios?(namespace: string): IosApp
  readonly effects?: Effects
  /** Where a vault may ask the person. */
  readonly prompts?: Prompts
  /** The same where prompts are only seen by looking. Never both. */
  readonly watched?: WatchedPrompts
  /**
   * Puts the world back: keyring there and unlocked, machine up, nothing armed. On a simulated device also an empty
   * disk and keyring, and the clock at zero.
   */
  restore(): Promise<void>
  /** Whether putting the world back ends the vault's process, so that its owner has to kill it before. */
  restoreEnds?(): boolean
  /** Where the vault can be put back in several ways, at different costs. */
  readonly restoring?: Restoring
  /** Does it, or says that it has no meaning here now. Never the killing of a vault's process: its owner does that. */
  apply(control: Control): Promise<'done' | 'skipped'>
  /** Milliseconds of the device's own clock. */
  now(): number
  /** Counts machine starts. */
  boot(): number
  /** Items that the keyring holds under a prefix, and how many secrets were read, by our own eyes. Null: cannot see. */
  footprint(namespace: string): Promise<{ readonly items: number; readonly secretReads: number } | null>
  /** What lies in the vault's files now, by path. Absent where they cannot be reached without the vault. */
  files?(namespace: string): Promise<ReadonlyMap<string, Uint8Array>>
  /** Takes and puts back what is kept on the machine, behind the vault's back. Never under a running process of it. */
  readonly image?: {
    take(): MachineImage
    /** `files`: of the image those alone, and the keyring stays as it is. */
    put(image: MachineImage, what: 'files' | 'all'): void
  }
  /** Files, logs and attributes to be searched for secrets after a program, beside the vault's own outputs. */
  traces(namespace: string): AsyncIterable<Trace>
  /** After a control that restored the app's backup: how many of the app's items it held. */
  takeRestored?(): number | null
  /** Takes what the app broke of the platform's rules since the last call, where the device sees it. */
  takeMisuse?(): readonly Misuse[]
  /** Whether the vault's process ended by itself since the last `drop`: something was thrown there that nothing caught. */
  ended?(): boolean
  /** Whether the app's main thread waited for the person since the last call, so that it could do nothing else meanwhile. */
  takeHeld?(): boolean
  /** Takes the key derivations performed since the last call, where the device performs them. */
  takeDerivations?(): readonly Derivation[]
  readonly sight?: Sight
  /** Does this while pictures are taken of what the phone shows at each step, PNG. */
  film?(doing: () => Promise<void>): Promise<readonly { readonly caption: string; readonly png: Uint8Array }[]>
  /** Removes everything that programs under this prefix left. */
  sweep(namespace: string): Promise<void>
}
