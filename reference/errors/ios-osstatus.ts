import type { Failure } from '../../harness/contract/codes.ts'
import type { NativeError } from '../../harness/contract/mapping.ts'
import { type ErrorRow, failureOfRow, numbered, rowOf, unnamed } from './error-row.ts'

export const osStatusDomain = 'NSOSStatusErrorDomain'

const secBase = 'Security.framework, SecBase.h'

export const iosOsStatusErrors: readonly ErrorRow[] = [
  ...numbered(
    osStatusDomain,
    'RocketChat.ReactNative PR#7351: the system deletes the item when the enrolment changes',
    [[-25300, 'errSecItemNotFound', 'not-found', 'key-invalidated', 'device-locked']],
  ),
  ...numbered(osStatusDomain, 'react-native-keychain#752: with no biometry enrolled. Alone it is no enrolment change', [
    [-25293, 'errSecAuthFailed', 'auth-failed', 'not-enrolled'],
  ]),
  ...numbered(
    osStatusDomain,
    'Apple: protection classes; asked without a prompt: the item is there (vultisig PR#5070)',
    [[-25308, 'errSecInteractionNotAllowed', 'device-locked', 'auth-failed']],
  ),
  ...numbered(osStatusDomain, secBase, [
    [-128, 'errSecUserCanceled', 'user-cancelled'],
    [-34018, 'errSecMissingEntitlement', 'access-denied'],
    [-50, 'errSecParam', 'invalid-argument'],
    [-25291, 'errSecNotAvailable', 'unavailable'],
    [-25295, 'errSecInvalidKeychain', 'corrupt'],
    // Another call made the item meanwhile: asked again, it is updated.
    [-25299, 'errSecDuplicateItem', 'busy'],
    [-26275, 'errSecDecode', 'corrupt'],
    [-4, 'errSecUnimplemented', 'unsupported'],
    [-34, 'errSecDiskFull', 'no-space'],
    [-36, 'errSecIO', 'unavailable'],
    [-108, 'errSecAllocate', 'unavailable'],
  ]),
]

export interface IosKeychainContext {
  /** A marker outside the keychain says that the item was stored and not deleted since. */
  readonly marker: boolean
  /** `UIApplication.isProtectedDataAvailable`: false before the first unlock, when absence means nothing. */
  readonly protectedData: boolean
  /** Whether a finger or face is enrolled, by `canEvaluatePolicy`; null where that is not known. */
  readonly enrolled: boolean | null
  /** Asked so that no prompt may be shown (kSecUseAuthenticationUIFail). */
  readonly silent: boolean
}

/** The failure that an OSStatus of the iOS keychain stands for, there and then. */
export function iosKeychainFailure(native: NativeError, context: IosKeychainContext): Failure {
  const row = rowOf(iosOsStatusErrors, native)
  if (row === null) return unnamed(native)
  switch (row.match) {
    case -25300:
      if (!context.protectedData) return failureOfRow(row, 'device-locked')
      return failureOfRow(row, context.marker ? 'key-invalidated' : 'not-found')
    case -25293:
      return failureOfRow(row, context.enrolled === false ? 'not-enrolled' : 'auth-failed')
    case -25308:
      return failureOfRow(row, context.silent && context.protectedData ? 'auth-failed' : 'device-locked')
    default:
      return failureOfRow(row)
  }
}
