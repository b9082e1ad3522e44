import type { Failure } from '../../harness/contract/codes.ts'
import type { NativeError } from '../../harness/contract/mapping.ts'
import { type ErrorRow, failureOfRow, numbered, rowOf, unnamed } from './error-row.ts'

export const laErrorDomain = 'com.apple.LocalAuthentication'

export const iosLaErrors: readonly ErrorRow[] = [
  ...numbered(laErrorDomain, 'LocalAuthentication.framework, LAError.Code', [
    [-1, 'authenticationFailed', 'auth-failed'],
    [-2, 'userCancel', 'user-cancelled'],
    [-3, 'userFallback', 'fallback-chosen'],
    [-4, 'systemCancel', 'system-cancelled'],
    [-5, 'passcodeNotSet', 'no-screen-lock'],
    [-6, 'biometryNotAvailable', 'no-hardware', 'access-denied'],
    [-7, 'biometryNotEnrolled', 'not-enrolled'],
    // Five misses; only the passcode ends it, no wait does.
    [-8, 'biometryLockout', 'locked-out-permanent'],
    // The app itself invalidated the context.
    [-9, 'appCancel', 'system-cancelled'],
    [-10, 'invalidContext', 'invalid-argument'],
    [-11, 'companionNotAvailable', 'hardware-unavailable'],
    [-12, 'biometryNotPaired', 'no-hardware'],
    [-13, 'biometryDisconnected', 'hardware-unavailable'],
    [-14, 'invalidDimensions', 'invalid-argument'],
    // No prompt can be shown: the phone is locked, or the app forbade it by interactionNotAllowed.
    [-1004, 'notInteractive', 'device-locked', 'auth-failed'],
  ]),
]

export interface LaContext {
  /** `LAContext.biometryType` is not none: there is a sensor, and this app may not use it. */
  readonly sensor: boolean
}

/** The failure that an LAError stands for. */
export function laFailure(native: NativeError, { sensor }: LaContext): Failure {
  const row = rowOf(iosLaErrors, native)
  if (row === null) return unnamed(native)
  return failureOfRow(row, row.match === -6 && sensor ? 'access-denied' : undefined)
}
