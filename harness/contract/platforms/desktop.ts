/** The desktop as a vault sees it. On a simulated device every call is an effect of the numbered seam. */
export interface DesktopPorts {
  readonly keyring: Keyring
  readonly files: Files
  readonly random: Random
  readonly clock: Clock
  readonly kdf: Kdf
  readonly log: Log
  /** Absent where there is nobody to ask. */
  readonly person?: Person
}

/** Where a keyring keeps an item: `login` is on disk, `session` only in the daemon's memory. */
export type KeyringCollection = 'login' | 'session'

/**
 * The operating system's keyring: Secret Service, Keychain, Credential Manager. Where several items have the attributes
 * that a call names, and it does not say which one it means, it fails as `ambiguous`.
 */
export interface Keyring {
  set(item: KeyringItem, secret: Uint8Array): Promise<void>
  /** Null where there is no such item. */
  get(item: KeyringItem): Promise<Uint8Array | null>
  /** False where there was no such item. */
  delete(item: KeyringItem): Promise<boolean>
  /** The accounts of a service, in no order. */
  find(service: string, collection?: KeyringCollection): Promise<readonly string[]>
  /** Whether it could be used now. Never prompts, reads no secret, leaves nothing behind. */
  state(): Promise<KeyringState>
  /**
   * Has the person unlock it, by a prompt where one is needed, and waits that many milliseconds for them at most: then
   * the prompt is taken down. Absent where it never prompts.
   */
  unlock?(waitMs: number): Promise<UnlockEnd>
  /**
   * All items of these attributes, in the order in which the keyring finds them: several where somebody made copies.
   * Absent where there is never more than one.
   */
  copies?(item: KeyringItem): Promise<readonly KeyringCopy[]>
}
/** `unanswered`: nobody did anything about the prompt, or there is nobody to show one to. */
export type UnlockEnd = 'unlocked' | 'dismissed' | 'unanswered'
/** One of several items of the same attributes. */
export interface KeyringCopy {
  readonly id: string
  /** Grows with each change of the keyring; two of one moment may have the same. */
  readonly changedAt: number
}
export interface KeyringItem {
  readonly service: string
  readonly account: string
  /** Default `login`. */
  readonly collection?: KeyringCollection
  /** Which one of several copies, by its id. One that is gone is an item that is not there: `set` makes it anew. */
  readonly copy?: string
  /** What a person reads in a list of items. Like service and account it is kept in the clear, and names no item. */
  readonly label?: string
}
export type KeyringState = 'unlocked' | 'locked' | 'absent'

/** What a keyring call can fail with, told apart by number or type on every platform. */
export class KeyringError extends Error {
  override readonly name = 'KeyringError'
  readonly kind: 'locked' | 'absent' | 'ambiguous' | 'too-large' | 'denied' | 'failed'
  constructor(kind: KeyringError['kind'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

/** A folder of the vault's own. Paths are names inside it. Writes reach the disk only by `sync` and `syncDirectory`. */
export interface Files {
  /** Null where there is no such file. */
  read(path: string): Promise<Uint8Array | null>
  /** Creates with mode 0600, or replaces the content. Not durable until synced. */
  write(path: string, bytes: Uint8Array): Promise<void>
  sync(path: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
  list(): Promise<readonly string[]>
  syncDirectory(): Promise<void>
  /**
   * Takes the lock of this name, which one holder has at a time, in whatever process. Waits for its turn, a bounded
   * while; null where that was not enough. Who ends, however that comes about, holds nothing any more. Meanwhile there
   * is an empty file of that name; one that a killed holder left stands in nobody's way.
   */
  lock(path: string): Promise<HeldLock | null>
}
export interface HeldLock {
  /** The file goes too. */
  release(): Promise<void>
}

/** What a file call can fail with. */
export class FilesError extends Error {
  override readonly name = 'FilesError'
  readonly kind: 'no-space' | 'denied' | 'failed'
  constructor(kind: FilesError['kind'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

export interface Random {
  bytes(size: number): Uint8Array
}
export interface Clock {
  /** Milliseconds since 1970 by the wall clock: may jump either way. */
  now(): number
  /** Resolves after that many milliseconds. */
  after(ms: number): Promise<void>
}
/** Key derivation, behind a port because its cost must be tunable where programs run by the thousand. */
export interface Kdf {
  argon2id(input: Argon2idInput): Promise<Uint8Array>
  /** PBKDF2-HMAC. Absent where nobody needs it. */
  pbkdf2?(input: Pbkdf2Input): Promise<Uint8Array>
  /** Told where a derivation is to be expected, so that it can start at once when it comes. */
  prepare?(): void
}
export interface Pbkdf2Input {
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly digest: 'sha256' | 'sha512'
  readonly iterations: number
  /** Bytes to derive. */
  readonly length: number
}
export interface Argon2idInput {
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly memoryKiB: number
  readonly iterations: number
  readonly parallelism: number
  /** Bytes to derive. */
  readonly length: number
}
/** Who sits in front of the machine, asked by a prompt that no program can answer: polkit, Touch ID, Windows Hello. */
export interface Person {
  /**
   * Asks them to confirm one thing, in a prompt of its own, which is taken down after that many milliseconds.
   * @param what is shown to them
   */
  confirm(what: string, waitMs: number): Promise<Confirmation>
}
/** `unanswered`: nobody did anything about the prompt. */
export type Confirmation = 'confirmed' | 'dismissed' | 'unanswered'

/** The app's log. Whatever is written here is searched for secrets. */
export interface Log {
  write(line: string): void
}
