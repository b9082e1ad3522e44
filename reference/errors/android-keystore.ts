import { codes, type Failure } from '../../harness/contract/codes.ts'
import type { NativeError } from '../../harness/contract/mapping.ts'
import { type ErrorRow, failureOfRow, numbered, rowOf, unnamed } from './error-row.ts'

/** An exception with no KeyStoreException behind it. `type` is its class. */
export const plainDomain = 'java'
/** An exception caused by a KeyStoreException: `code` is its public number (API 33), or null where that is not to be had. */
export const keyStoreDomain = 'android.security.KeyStoreException'
/** The numbers behind the public ones, where something can see them: the keystore daemon's, and KeyMint's. */
export const responseDomain = 'keystore2.ResponseCode'
export const keyMintDomain = 'keymint.ErrorCode'
/** `KeyStore.getKey` returned null: no type, no code. */
export const getKeyDomain = 'java.security.KeyStore.getKey'

const typed = (
  domain: string | undefined,
  source: string,
  rows: readonly (readonly [match: string, ...to: [ErrorRow['to'][0], ...ErrorRow['to']]])[],
): readonly ErrorRow[] =>
  rows.map(([match, ...to]) => ({
    match,
    by: 'type',
    ...(domain === undefined ? {} : { domain }),
    to,
    name: match.slice(match.lastIndexOf('.') + 1),
    source,
  }))

/**
 * Only KeyPermanentlyInvalidatedException, and a key that is absent while data sealed with it is kept, say that a key is
 * gone for good. Nothing that may pass does.
 */
export const keystoreErrors: readonly ErrorRow[] = [
  ...typed(undefined, 'AOSP KeyStoreCryptoOperationUtils: sids that nobody can satisfy any more, at init or later', [
    ['android.security.keystore.KeyPermanentlyInvalidatedException', 'key-invalidated'],
  ]),
  {
    match: null,
    by: 'null',
    domain: getKeyDomain,
    to: ['not-found', 'key-invalidated'],
    name: 'getKey returned null',
    source: 'AOSP AndroidKeyStoreSpi.engineGetKey: KEY_NOT_FOUND',
  },
  ...numbered(keyStoreDomain, 'android.security.KeyStoreException, API 33, constants ERROR_*', [
    [1, 'ERROR_OTHER', 'internal'],
    [2, 'ERROR_USER_AUTHENTICATION_REQUIRED', 'auth-failed', 'device-locked', 'key-invalidated'],
    [3, 'ERROR_KEYSTORE_UNINITIALIZED', 'device-locked'],
    [4, 'ERROR_INTERNAL_SYSTEM_ERROR', 'unavailable'],
    [5, 'ERROR_PERMISSION_DENIED', 'access-denied'],
    // The public number of KEY_NOT_FOUND and of KEY_PERMANENTLY_INVALIDATED both.
    [6, 'ERROR_KEY_DOES_NOT_EXIST', 'not-found', 'key-invalidated'],
    [7, 'ERROR_KEY_CORRUPTED', 'corrupt'],
    [8, 'ERROR_ID_ATTESTATION_FAILURE', 'unsupported'],
    [9, 'ERROR_ATTESTATION_CHALLENGE_TOO_LARGE', 'too-large'],
    [10, 'ERROR_KEYMINT_FAILURE', 'hardware-unavailable'],
    [11, 'ERROR_KEYSTORE_FAILURE', 'unavailable'],
    [12, 'ERROR_UNIMPLEMENTED', 'unsupported'],
    [13, 'ERROR_INCORRECT_USAGE', 'invalid-argument'],
    [14, 'ERROR_KEY_NOT_TEMPORALLY_VALID', 'access-denied'],
    // The operation was pruned for others: begin it anew.
    [15, 'ERROR_KEY_OPERATION_EXPIRED', 'busy'],
    [16, 'ERROR_ATTESTATION_KEYS_UNAVAILABLE', 'unavailable'],
  ]),
  ...numbered(
    responseDomain,
    'AOSP system/security keystore2 ResponseCode, and KeyStoreException for their public sense',
    [
      [2, 'LOCKED', 'device-locked'],
      [3, 'UNINITIALIZED', 'device-locked'],
      [4, 'SYSTEM_ERROR', 'unavailable'],
      [6, 'PERMISSION_DENIED', 'access-denied'],
      [7, 'KEY_NOT_FOUND', 'not-found', 'key-invalidated'],
      [8, 'VALUE_CORRUPTED', 'corrupt'],
      [17, 'KEY_PERMANENTLY_INVALIDATED', 'key-invalidated'],
    ],
  ),
  ...numbered(keyMintDomain, 'AOSP KeyMint ErrorCode, and KeyStoreException for their public sense', [
    [-24, 'KEY_NOT_YET_VALID', 'access-denied'],
    [-25, 'KEY_EXPIRED', 'access-denied'],
    [-26, 'KEY_USER_NOT_AUTHENTICATED', 'auth-failed', 'device-locked', 'key-invalidated'],
    [-28, 'INVALID_OPERATION_HANDLE', 'busy'],
    [-31, 'TOO_MANY_OPERATIONS', 'busy'],
    [-72, 'DEVICE_LOCKED', 'device-locked'],
  ]),
  ...numbered(keyMintDomain, 'irmamobile#252, KeePassDX#1670: came back with a vendor update, so no loss', [
    [-33, 'INVALID_KEY_BLOB', 'hardware-unavailable'],
  ]),
  ...numbered(keyMintDomain, 'AOSP: handled inside by upgrading the blob; if seen, the upgrade failed', [
    [-62, 'KEY_REQUIRES_UPGRADE', 'unavailable'],
  ]),
  ...typed(
    plainDomain,
    'AOSP AndroidKeyStoreSpi.engineGetKey: KeyPermanentlyInvalidatedException wrapped anew, without cause',
    [['java.security.UnrecoverableKeyException', 'key-invalidated']],
  ),
  ...typed(keyStoreDomain, 'AOSP AndroidKeyStoreSpi.engineGetKey: a failing daemon, which proves no loss', [
    ['java.security.UnrecoverableKeyException', 'unavailable'],
    ['java.security.InvalidKeyException', 'unavailable'],
  ]),
  ...typed(
    keyStoreDomain,
    'AOSP AndroidKeyStoreCipherSpiBase.engineDoFinal; late on Android 8.0: keychain-touch-id PR#31',
    [['javax.crypto.IllegalBlockSizeException', 'auth-failed', 'device-locked', 'key-invalidated']],
  ),
  ...typed(undefined, 'AOSP KeyStoreCryptoOperationUtils: -26, LOCKED, UNINITIALIZED', [
    ['android.security.keystore.UserNotAuthenticatedException', 'auth-failed', 'device-locked'],
  ]),
  ...typed(undefined, 'AOSP KeyStoreCryptoOperationUtils: -24 and -25', [
    ['android.security.keystore.KeyNotYetValidException', 'access-denied'],
    ['android.security.keystore.KeyExpiredException', 'access-denied'],
  ]),
  ...typed(undefined, 'android.security.keystore.StrongBoxUnavailableException', [
    ['android.security.keystore.StrongBoxUnavailableException', 'no-hardware'],
  ]),
  ...typed(undefined, 'javax.crypto.Cipher.doFinal: the tag does not fit', [
    ['javax.crypto.AEADBadTagException', 'corrupt', 'wrong-key'],
    ['javax.crypto.BadPaddingException', 'corrupt', 'wrong-key'],
  ]),
]

export interface KeystoreContext {
  /** Data sealed with this key is kept. */
  readonly ciphertext: boolean
  readonly during: 'getKey' | 'generate' | 'init' | 'doFinal'
  /** The prompt of this very operation succeeded. */
  readonly authenticated: boolean
  /** `Build.VERSION.SDK_INT`. */
  readonly apiLevel: number
  /** `KeyStoreException.isTransientFailure()`; false where there is no such method (before API 33). */
  readonly transient: boolean
  /** `KeyguardManager.isDeviceLocked()`, or not unlocked since the start. */
  readonly deviceLocked: boolean
}

/** Android 8.0 tells of an invalidation only at doFinal, as if nobody had authenticated; 8.1 tells it at init again. */
const lateInvalidationApi = 26

/** The failure that an outcome of the keystore stands for, there and then. */
export function keystoreFailure(native: NativeError, context: KeystoreContext): Failure {
  const row = rowOf(keystoreErrors, native)
  if (row === null) return unnamed(native)
  const first = failureOfRow(row).code
  if (context.transient) return failureOfRow(row, codes[first].retryable ? first : 'unavailable')
  if (first === 'not-found' && context.ciphertext) return failureOfRow(row, 'key-invalidated')
  if (first === 'auth-failed') {
    if (context.deviceLocked) return failureOfRow(row, 'device-locked')
    const late = context.during === 'doFinal' && context.authenticated && context.apiLevel === lateInvalidationApi
    if (late && row.to.includes('key-invalidated')) return failureOfRow(row, 'key-invalidated')
  }
  return failureOfRow(row)
}
