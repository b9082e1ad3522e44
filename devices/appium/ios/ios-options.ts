import type { PhoneProfile } from '../../../harness/contract/controls.ts'
import type { Trace } from '../../../harness/contract/device.ts'
import type { RestoreWay } from '../../../harness/contract/restoring.ts'
import type { DriverSession } from '../driver-session.ts'
import type { DrivenKind } from '../lacking.ts'

/** What only some phones let be done with them. What is absent nobody can do there. */
export interface Beyond {
  /** File of a newer build of the app. */
  readonly newer?: string
  /** Lets so many milliseconds go by on the phone at once. Absent: they are waited for. */
  readonly pass?: (ms: number) => Promise<void>
  /** Puts another phone in its place: of another kind, or restored from a backup of this one. */
  readonly useKind?: (profile?: PhoneProfile) => Promise<boolean>
  readonly restoreOnAnother?: () => Promise<void>
}

/** A simulator, or what has its commands, and the app on it. */
export interface IosOptions {
  /** Opens a session. Called again where one was lost. */
  readonly open: () => Promise<DriverSession>
  /** Default `ios-simulator`. */
  readonly kind?: DrivenKind
  readonly beyond?: Beyond
  readonly bundleId: string
  /** What is installed again after the app was removed; null where it cannot be. */
  readonly app: string | null
  readonly feature: 'touchId' | 'faceId'
  /** Null where the phone has none, as simulators have none. */
  readonly passcode: string | null
  /** How what the app keeps may be put back. */
  readonly restores: readonly RestoreWay[]
  readonly software: () => Promise<Readonly<Record<string, string>>>
  readonly traces: () => Iterable<Trace>
  /** Ends what was started for the phone. */
  readonly end: () => Promise<void>
}
