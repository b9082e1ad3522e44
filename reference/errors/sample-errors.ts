import fc from 'fast-check'
import type { Code } from '../../harness/contract/codes.ts'
import type { NativeError } from '../../harness/contract/mapping.ts'
import type { PromptContext } from './android-biometric-prompt.ts'
import { type KeystoreContext, plainDomain } from './android-keystore.ts'
import type { ErrorRow } from './error-row.ts'
import type { LaContext } from './ios-laerror.ts'
import type { IosKeychainContext } from './ios-osstatus.ts'
import type { SecretServiceContext } from './secret-service.ts'
import { maxBlobBytes, type WindowsContext } from './windows-credential-manager.ts'

export const native = (domain: string, code: number | string | null, type: string | null = null): NativeError => ({
  domain,
  code,
  type,
  message: '',
})
/** An error that this row is about. */
export const nativeOf = ({ by, match, domain = plainDomain }: ErrorRow): NativeError =>
  by === 'type' ? native(domain, null, String(match)) : native(domain, match)

export type Listed = readonly (readonly [NativeError, Code])[]
/** What each number of a domain must be told as. */
export const all = (domain: string, numbers: Readonly<Record<number, Code>>): Listed =>
  Object.entries(numbers).map(([code, to]) => [native(domain, Number(code)), to])

export const button: PromptContext = { negativeButton: 'fallback' }
export const keystore: KeystoreContext = {
  ciphertext: true,
  during: 'init',
  authenticated: false,
  apiLevel: 34,
  transient: false,
  deviceLocked: false,
}
export const keychain: IosKeychainContext = { marker: false, protectedData: true, enrolled: true, silent: false }
export const windows: WindowsContext = { blobBytes: null, ciphertext: true, keyListed: null }

export const contexts = {
  prompt: fc.record<PromptContext>({ negativeButton: fc.constantFrom('cancel', 'fallback') }),
  keystore: fc.record<KeystoreContext>({
    ciphertext: fc.boolean(),
    during: fc.constantFrom('getKey', 'generate', 'init', 'doFinal'),
    authenticated: fc.boolean(),
    apiLevel: fc.constantFrom(23, 25, 26, 27, 30, 33, 34),
    transient: fc.boolean(),
    deviceLocked: fc.boolean(),
  }),
  keychain: fc.record<IosKeychainContext>({
    marker: fc.boolean(),
    protectedData: fc.boolean(),
    enrolled: fc.constantFrom(true, false, null),
    silent: fc.boolean(),
  }),
  la: fc.record<LaContext>({ sensor: fc.boolean() }),
  secretService: fc.record<SecretServiceContext>({ prompting: fc.boolean() }),
  windows: fc.record<WindowsContext>({
    blobBytes: fc.constantFrom(null, 1, maxBlobBytes, maxBlobBytes + 1),
    ciphertext: fc.boolean(),
    keyListed: fc.constantFrom(true, false, null),
  }),
}
