import type { Failure } from '../../harness/contract/codes.ts'
import type { NativeError } from '../../harness/contract/mapping.ts'
import { type ErrorRow, failureOfRow, numbered, rowOf, unnamed } from './error-row.ts'
import { osStatusDomain } from './ios-osstatus.ts'

/** The login keychain of macOS. Items behind Touch ID live in the other keychain, which behaves as on iOS. */
export const macosKeychainErrors: readonly ErrorRow[] = [
  ...numbered(osStatusDomain, 'Security.framework, SecBase.h', [
    [-25300, 'errSecItemNotFound', 'not-found'],
    [-25299, 'errSecDuplicateItem', 'busy'],
    [-25293, 'errSecAuthFailed', 'auth-failed'],
    [-128, 'errSecUserCanceled', 'user-cancelled'],
    // The keychain is locked, and no prompt may be shown or can be.
    [-25308, 'errSecInteractionNotAllowed', 'store-locked'],
    [-25315, 'errSecInteractionRequired', 'store-locked'],
    [-25320, 'errSecInDarkWake', 'store-locked'],
    [-25291, 'errSecNotAvailable', 'unavailable'],
    [-25294, 'errSecNoSuchKeychain', 'unavailable'],
    [-25307, 'errSecNoDefaultKeychain', 'unavailable'],
    [-25295, 'errSecInvalidKeychain', 'corrupt'],
    [-26275, 'errSecDecode', 'corrupt'],
    [-34018, 'errSecMissingEntitlement', 'access-denied'],
    [-25292, 'errSecReadOnly', 'access-denied'],
    [-61, 'errSecWrPerm', 'access-denied'],
    [-25243, 'errSecNoAccessForItem', 'access-denied'],
    [-25244, 'errSecInvalidOwnerEdit', 'access-denied'],
    [-25302, 'errSecDataTooLarge', 'too-large'],
    [-34, 'errSecDiskFull', 'no-space'],
    [-36, 'errSecIO', 'unavailable'],
    [-108, 'errSecAllocate', 'unavailable'],
    [-50, 'errSecParam', 'invalid-argument'],
    [-909, 'errSecBadReq', 'invalid-argument'],
    [-4, 'errSecUnimplemented', 'unsupported'],
  ]),
]

/** The failure that an OSStatus of the macOS keychain stands for. */
export function macosKeychainFailure(native: NativeError): Failure {
  const row = rowOf(macosKeychainErrors, native)
  return row === null ? unnamed(native) : failureOfRow(row)
}
