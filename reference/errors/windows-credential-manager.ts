import type { Failure } from '../../harness/contract/codes.ts'
import type { NativeError } from '../../harness/contract/mapping.ts'
import { type ErrorRow, failureOfRow, numbered, rowOf, unnamed } from './error-row.ts'

/** `GetLastError()` after CredRead, CredWrite, CredDelete, CryptUnprotectData. */
export const win32Domain = 'Win32'
/** NTSTATUS-like results of NCrypt (Hello, NGC) and of the TPM, as unsigned numbers; signed ones are taken too. */
export const hresultDomain = 'HRESULT'
export const consentDomain = 'UserConsentVerificationResult'
export const credentialStatusDomain = 'KeyCredentialStatus'

/** CRED_MAX_CREDENTIAL_BLOB_SIZE, in bytes. */
export const maxBlobBytes = 2_560

export const windowsErrors: readonly ErrorRow[] = [
  ...numbered(win32Domain, 'wincred.h and winerror.h; CredWriteW, CredReadW', [
    [1168, 'ERROR_NOT_FOUND', 'not-found'],
    [1312, 'ERROR_NO_SUCH_LOGON_SESSION', 'unavailable'],
    [2202, 'ERROR_BAD_USERNAME', 'invalid-argument'],
    [1004, 'ERROR_INVALID_FLAGS', 'invalid-argument'],
    [5, 'ERROR_ACCESS_DENIED', 'access-denied'],
    [1223, 'ERROR_CANCELLED', 'user-cancelled'],
    [112, 'ERROR_DISK_FULL', 'no-space'],
    [1722, 'RPC_S_SERVER_UNAVAILABLE', 'unavailable'],
    [13, 'ERROR_INVALID_DATA', 'corrupt'],
  ]),
  ...numbered(win32Domain, 'hypit#291: what CredWrite says of a blob over the limit', [
    [1783, 'RPC_X_BAD_STUB_DATA', 'too-large'],
    [87, 'ERROR_INVALID_PARAMETER', 'invalid-argument', 'too-large'],
  ]),
  ...numbered(win32Domain, 'node-keytar#472: the Credential Manager takes no more credentials', [
    [8, 'ERROR_NOT_ENOUGH_MEMORY', 'no-space'],
  ]),
  ...numbered(hresultDomain, 'KeePassWinHello#60: a PIN reset or a policy removed the container', [
    [0x8009000d, 'NTE_NO_KEY', 'key-invalidated', 'not-found'],
    [0x80090016, 'NTE_BAD_KEYSET', 'key-invalidated', 'not-found'],
  ]),
  // Lost after an update in one report, merely out of reach over remote desktop in another.
  ...numbered(hresultDomain, 'KeePassWinHello#121 and #51', [
    [0x80090010, 'NTE_PERM', 'access-denied', 'key-invalidated'],
  ]),
  ...numbered(hresultDomain, 'winerror.h', [
    [0x80090011, 'NTE_NOT_FOUND', 'not-found'],
    [0x80090005, 'NTE_BAD_DATA', 'corrupt'],
    // DPAPI: sealed by another user, or before an administrator reset the password.
    [0x8009000b, 'NTE_BAD_KEY_STATE', 'wrong-key'],
    [0x80090030, 'NTE_DEVICE_NOT_READY', 'hardware-unavailable'],
    [0x80090035, 'NTE_DEVICE_NOT_FOUND', 'no-hardware'],
    [0x80090036, 'NTE_USER_CANCELLED', 'user-cancelled'],
    [0x800704c7, 'HRESULT_FROM_WIN32(ERROR_CANCELLED)', 'user-cancelled'],
    [0x80090022, 'NTE_SILENT_CONTEXT', 'auth-failed'],
    [0x80090027, 'NTE_INVALID_PARAMETER', 'invalid-argument'],
    [0x80090029, 'NTE_NOT_SUPPORTED', 'unsupported'],
    [0x80280921, 'TPM_20_E_LOCKOUT', 'locked-out-temporary'],
    [0x80280803, 'TPM_E_DEFEND_LOCK_RUNNING', 'locked-out-temporary'],
  ]),
  ...numbered(consentDomain, 'Windows.Security.Credentials.UI.UserConsentVerificationResult', [
    [1, 'DeviceNotPresent', 'no-hardware'],
    [2, 'NotConfiguredForUser', 'not-enrolled'],
    [3, 'DisabledByPolicy', 'access-denied'],
    [4, 'DeviceBusy', 'hardware-unavailable'],
    // Ten misses, and every later attempt: no wait is promised to end it.
    [5, 'RetriesExhausted', 'locked-out-permanent'],
    [6, 'Canceled', 'user-cancelled'],
  ]),
  ...numbered(credentialStatusDomain, 'Windows.Security.Credentials.KeyCredentialStatus', [
    [1, 'UnknownError', 'internal'],
    [2, 'NotFound', 'not-found', 'key-invalidated'],
    [3, 'UserCanceled', 'user-cancelled'],
    [4, 'UserPrefersPassword', 'fallback-chosen'],
    [5, 'CredentialAlreadyExists', 'already-set-up'],
    [6, 'SecurityDeviceLocked', 'locked-out-temporary'],
    [7, 'AlgorithmNotSupported', 'unsupported'],
  ]),
]

export interface WindowsContext {
  /** Bytes that were to be written; null where nothing was. */
  readonly blobBytes: number | null
  /** Data sealed with the key is kept. */
  readonly ciphertext: boolean
  /** Whether the key is among those that NCryptEnumKeys lists; null where nobody looked. */
  readonly keyListed: boolean | null
}

const over = (bytes: number | null): boolean => bytes !== null && bytes > maxBlobBytes

/** The failure that an error of Windows stands for, there and then. */
export function windowsFailure(native: NativeError, context: WindowsContext): Failure {
  const { domain, code } = native
  const unsigned = domain === hresultDomain && typeof code === 'number' ? { ...native, code: code >>> 0 } : native
  const row = rowOf(windowsErrors, unsigned)
  if (row === null) return unnamed(unsigned)
  const means = (to: Failure['code']) => row.to.includes(to)
  if (row.match === 1783 || (row.match === 87 && over(context.blobBytes)))
    return { ...failureOfRow(row, 'too-large'), limit: maxBlobBytes }
  if (means('key-invalidated') && means('not-found'))
    return failureOfRow(row, context.ciphertext ? 'key-invalidated' : 'not-found')
  const gone = means('key-invalidated') && context.ciphertext && context.keyListed === false
  return failureOfRow(row, gone ? 'key-invalidated' : undefined)
}
