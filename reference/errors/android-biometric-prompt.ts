import type { Failure } from '../../harness/contract/codes.ts'
import type { NativeError } from '../../harness/contract/mapping.ts'
import { type ErrorRow, failureOfRow, numbered, rowOf, unnamed } from './error-row.ts'

/** `onAuthenticationError(errorCode, ...)`, the end of a prompt. `onAuthenticationFailed` is no error: the prompt goes on. */
export const promptDomain = 'androidx.biometric.BiometricPrompt'
/** What `canAuthenticate` returns. It says nothing of a lockout. */
export const managerDomain = 'androidx.biometric.BiometricManager'

export const biometricPromptErrors: readonly ErrorRow[] = [
  ...numbered(promptDomain, 'androidx BiometricPrompt, constants ERROR_*', [
    [1, 'ERROR_HW_UNAVAILABLE', 'hardware-unavailable'],
    // The sensor could not read what it was shown. Not a miss: that is no error at all.
    [2, 'ERROR_UNABLE_TO_PROCESS', 'hardware-unavailable'],
    [3, 'ERROR_TIMEOUT', 'timeout'],
    [4, 'ERROR_NO_SPACE', 'no-space'],
    // Sensor lost, user switched, device locked, or the app's own cancelAuthentication.
    [5, 'ERROR_CANCELED', 'system-cancelled'],
    [7, 'ERROR_LOCKOUT', 'locked-out-temporary'],
    [8, 'ERROR_VENDOR', 'internal'],
    [9, 'ERROR_LOCKOUT_PERMANENT', 'locked-out-permanent'],
    [10, 'ERROR_USER_CANCELED', 'user-cancelled'],
    [11, 'ERROR_NO_BIOMETRICS', 'not-enrolled'],
    [12, 'ERROR_HW_NOT_PRESENT', 'no-hardware'],
    // The app wrote on that button what it means.
    [13, 'ERROR_NEGATIVE_BUTTON', 'fallback-chosen', 'user-cancelled'],
    [14, 'ERROR_NO_DEVICE_CREDENTIAL', 'no-screen-lock'],
    [15, 'ERROR_SECURITY_UPDATE_REQUIRED', 'hardware-unavailable'],
  ]),
  ...numbered(promptDomain, 'AOSP BiometricConstants, hidden: of removing a template, never of a prompt', [
    [6, 'ERROR_UNABLE_TO_REMOVE', 'internal'],
  ]),
  ...numbered(promptDomain, 'android.hardware.biometrics.BiometricPrompt, API 36', [
    [20, 'BIOMETRIC_ERROR_IDENTITY_CHECK_NOT_ACTIVE', 'unsupported'],
    [21, 'BIOMETRIC_ERROR_NOT_ENABLED_FOR_APPS', 'access-denied'],
  ]),
]

export interface PromptContext {
  /** What the app wrote on the negative button. */
  readonly negativeButton: 'cancel' | 'fallback'
}

/** The failure that an error of a prompt stands for. */
export function biometricPromptFailure(native: NativeError, { negativeButton }: PromptContext): Failure {
  const row = rowOf(biometricPromptErrors, native)
  if (row === null) return unnamed(native)
  return failureOfRow(row, row.match === 13 && negativeButton === 'cancel' ? 'user-cancelled' : undefined)
}

export const canAuthenticateErrors: readonly ErrorRow[] = [
  ...numbered(managerDomain, 'androidx BiometricManager, constants BIOMETRIC_ERROR_*', [
    [1, 'BIOMETRIC_ERROR_HW_UNAVAILABLE', 'hardware-unavailable'],
    [11, 'BIOMETRIC_ERROR_NONE_ENROLLED', 'not-enrolled'],
    [12, 'BIOMETRIC_ERROR_NO_HARDWARE', 'no-hardware'],
    [15, 'BIOMETRIC_ERROR_SECURITY_UPDATE_REQUIRED', 'hardware-unavailable'],
    [-2, 'BIOMETRIC_ERROR_UNSUPPORTED', 'unsupported'],
  ]),
  ...numbered(managerDomain, 'android.hardware.biometrics.BiometricManager, API 36', [
    [20, 'BIOMETRIC_ERROR_IDENTITY_CHECK_NOT_ACTIVE', 'unsupported'],
    [21, 'BIOMETRIC_ERROR_NOT_ENABLED_FOR_APPS', 'access-denied'],
  ]),
]

const success = 0
/** Old Android versions cannot tell: trying is the way to know. */
const statusUnknown = -1

/** Why a prompt could not be shown now; null where one may be tried. */
export function canAuthenticateFailure(result: number): Failure | null {
  if (result === success || result === statusUnknown) return null
  const native = { domain: managerDomain, code: result, type: null, message: '' }
  const row = rowOf(canAuthenticateErrors, native)
  return row === null ? unnamed(native) : failureOfRow(row)
}
