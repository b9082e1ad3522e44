import type { OpenFile } from '../../harness/contract/device.ts'

/** What a read of an item gave: its value, or the name of the D-Bus error. */
export type SecretRead = { readonly value: string } | { readonly error: string }

/** What our probes saw on this machine. Null: that probe has no meaning here. */
export interface Readings {
  readonly death: { readonly answered: boolean; readonly ended: string; readonly there: boolean }
  readonly output: { readonly lines: number; readonly onOutput: number; readonly onErrors: number }
  readonly keyring: KeyringReadings | { readonly none: string }
  readonly sight: SightReadings | { readonly none: string }
}
/** When files of ours were seen open to others: null is never. And what was found of a process of ours. */
export interface SightReadings {
  readonly files: {
    readonly count: number
    readonly byUmask: OpenFile['when'] | null
    readonly own: OpenFile['when'] | null
    /** Made open, and closed a little later. */
    readonly late: OpenFile['when'] | null
  }
  readonly processes: { readonly inArguments: boolean; readonly inEnvironment: boolean }
  readonly memory: { readonly bytes: number; readonly held: boolean; readonly neverMade: boolean }
}
export interface KeyringReadings {
  readonly wrote: string
  readonly read: SecretRead
  readonly count: { readonly before: number; readonly during: number; readonly swept: number }
  /** Of the label and an attribute of the item. */
  readonly shown: { readonly label: boolean; readonly attribute: boolean }
  /** Only where the keyring is ours alone. */
  readonly ours: OwnKeyringReadings | null
}
export interface OwnKeyringReadings {
  /** Reads that were counted while one was made. */
  readonly readsCounted: number
  readonly whileLocked: SecretRead
  readonly prompt: 'none' | 'dismissed' | 'answered' | 'pending'
  readonly lockedAfterPrompt: boolean
  readonly afterUnlock: SecretRead
  readonly restart: {
    readonly before: number
    readonly after: number
    readonly there: boolean
    readonly read: SecretRead
  }
  /** The error that a caller got while it was away, and what it got afterwards. */
  readonly absent: SecretRead
  readonly afterStart: SecretRead
}
