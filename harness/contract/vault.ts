import type { Failure } from './codes.ts'
import type { Description } from './description.ts'
import type { NativeError } from './mapping.ts'
import type { Returned, VaultCall } from './operations.ts'
import type { AndroidApp } from './platforms/android.ts'
import type { DesktopPorts } from './platforms/desktop.ts'
import type { IosApp } from './platforms/ios.ts'

/** What a vault answers: a value, a code of the contract, or its platform's own error for the mapping table. */
export type Answer =
  | { readonly is: 'ok'; readonly value: Returned }
  | { readonly is: 'fail'; readonly failure: Failure }
  | { readonly is: 'native'; readonly native: NativeError }

/** A vault connected to the harness. One instance is one process of the app. */
export interface Vault {
  readonly description: Description
  invoke(call: VaultCall): Promise<Answer>
}

/** What a vault in process is given. */
export interface VaultContext {
  /** Everything it stores goes under this: fresh for each program. */
  readonly namespace: string
  /** A folder of its own, absolute. Fresh for each program, kept when the process is killed. */
  readonly directory: string
  /** The only way to the world on a simulated device. */
  readonly ports: DesktopPorts
  /**
   * Which release of the app this is, counted from 1: one more after each `update-app`. A vault whose defaults change with
   * its releases takes them by it; any other leaves it alone.
   */
  readonly release?: number
}

/** The same for a vault of a phone: the phone, and one process of the app on it. */
export interface AndroidContext {
  readonly namespace: string
  readonly android: AndroidApp
}
export interface IosContext {
  readonly namespace: string
  readonly ios: IosApp
}

/** What a `module:` adapter exports by default: makes one process of the app. Called again after a kill. */
export interface VaultModule<Context = VaultContext> {
  readonly description: Description
  open(context: Context): Vault
}
/** For a phone, where `description.platform` says so. */
export type AndroidModule = VaultModule<AndroidContext>
export type IosModule = VaultModule<IosContext>
export type AnyVaultModule = VaultModule | AndroidModule | IosModule
