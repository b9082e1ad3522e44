import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NativeError } from '../../harness/contract/mapping.ts'
import {
  biometricPromptFailure,
  canAuthenticateErrors,
  canAuthenticateFailure,
  managerDomain,
  promptDomain,
} from './android-biometric-prompt.ts'
import {
  getKeyDomain,
  type KeystoreContext,
  keyMintDomain,
  keyStoreDomain,
  keystoreErrors,
  keystoreFailure,
  plainDomain,
  responseDomain,
} from './android-keystore.ts'
import { all, button, contexts, keystore, type Listed, native, nativeOf } from './sample-errors.ts'

describe('Android', () => {
  it('BiometricPrompt: every number', () => {
    const listed = all(promptDomain, {
      1: 'hardware-unavailable',
      2: 'hardware-unavailable',
      3: 'timeout',
      4: 'no-space',
      5: 'system-cancelled',
      6: 'internal',
      7: 'locked-out-temporary',
      8: 'internal',
      9: 'locked-out-permanent',
      10: 'user-cancelled',
      11: 'not-enrolled',
      12: 'no-hardware',
      13: 'fallback-chosen',
      14: 'no-screen-lock',
      15: 'hardware-unavailable',
    })
    for (const [error, to] of listed) expect([error, biometricPromptFailure(error, button).code]).toEqual([error, to])
    const cancel = biometricPromptFailure(native(promptDomain, 13), { negativeButton: 'cancel' })
    expect(cancel.code).toBe('user-cancelled')
  })
  it('canAuthenticate: every number; what nobody knows may be tried', () => {
    const seen = [0, -1, 1, 11, 12, 15, -2].map((code) => canAuthenticateFailure(code)?.code ?? null)
    expect(seen).toEqual([
      null,
      null,
      'hardware-unavailable',
      'not-enrolled',
      'no-hardware',
      'hardware-unavailable',
      'unsupported',
    ])
    expect(canAuthenticateErrors.every(({ domain }) => domain === managerDomain)).toBe(true)
  })
  it('KeyStoreException: every public number of API 33', () => {
    const listed = all(keyStoreDomain, {
      1: 'internal',
      2: 'auth-failed',
      3: 'device-locked',
      4: 'unavailable',
      5: 'access-denied',
      6: 'key-invalidated',
      7: 'corrupt',
      8: 'unsupported',
      9: 'too-large',
      10: 'hardware-unavailable',
      11: 'unavailable',
      12: 'unsupported',
      13: 'invalid-argument',
      14: 'access-denied',
      15: 'busy',
    })
    for (const [error, to] of listed) expect([error, keystoreFailure(error, keystore).code]).toEqual([error, to])
  })
  it('numbers of the keystore daemon and of KeyMint', () => {
    const listed: Listed = [
      ...all(responseDomain, { 2: 'device-locked', 3: 'device-locked', 7: 'key-invalidated', 17: 'key-invalidated' }),
      ...all(keyMintDomain, {
        [-24]: 'access-denied',
        [-25]: 'access-denied',
        [-26]: 'auth-failed',
        [-28]: 'busy',
        [-31]: 'busy',
        [-33]: 'hardware-unavailable',
        [-62]: 'unavailable',
      }),
    ]
    for (const [error, to] of listed) expect([error, keystoreFailure(error, keystore).code]).toEqual([error, to])
  })
  it('exceptions by type', () => {
    const thrown = (type: string, domain = plainDomain) => keystoreFailure(native(domain, null, type), keystore).code
    const inKeystore = 'android.security.keystore'
    expect(thrown(`${inKeystore}.KeyPermanentlyInvalidatedException`)).toBe('key-invalidated')
    expect(thrown(`${inKeystore}.UserNotAuthenticatedException`)).toBe('auth-failed')
    expect(thrown(`${inKeystore}.KeyNotYetValidException`)).toBe('access-denied')
    expect(thrown(`${inKeystore}.KeyExpiredException`)).toBe('access-denied')
    expect(thrown(`${inKeystore}.StrongBoxUnavailableException`)).toBe('no-hardware')
    expect(thrown('javax.crypto.AEADBadTagException')).toBe('corrupt')
    expect(thrown('javax.crypto.BadPaddingException')).toBe('corrupt')
    expect(thrown('java.security.InvalidKeyException', keyStoreDomain)).toBe('unavailable')
    expect(thrown('javax.crypto.IllegalBlockSizeException', keyStoreDomain)).toBe('auth-failed')
  })
  it('the three shapes of invalidation are one code, and each has a look-alike that is not', () => {
    const nothing = native(getKeyDomain, null)
    const unrecoverable = 'java.security.UnrecoverableKeyException'
    const judged = (error: NativeError, more: Partial<KeystoreContext> = {}) =>
      keystoreFailure(error, { ...keystore, ...more }).code
    expect(judged(nothing, { during: 'getKey' })).toBe('key-invalidated')
    expect(judged(nothing, { during: 'getKey', ciphertext: false })).toBe('not-found')
    expect(judged(native(plainDomain, null, unrecoverable))).toBe('key-invalidated')
    expect(judged(native(keyStoreDomain, null, unrecoverable))).toBe('unavailable')
    expect(judged(native(keyStoreDomain, 4, unrecoverable))).toBe('unavailable')
    const kpie = native(plainDomain, null, 'android.security.keystore.KeyPermanentlyInvalidatedException')
    expect(judged(kpie)).toBe('key-invalidated')
    expect(judged(native(plainDomain, null, 'java.security.InvalidKeyException'))).toBe('internal')
  })
  it('late invalidation is told as early, on the one version that is late', () => {
    const late = native(keyStoreDomain, null, 'javax.crypto.IllegalBlockSizeException')
    const at = (more: Partial<KeystoreContext>) =>
      keystoreFailure(late, { ...keystore, during: 'doFinal', authenticated: true, apiLevel: 26, ...more }).code
    expect(at({})).toBe('key-invalidated')
    expect(at({ authenticated: false })).toBe('auth-failed')
    expect(at({ during: 'init' })).toBe('auth-failed')
    // Pixel 4a and 5 say the same until they are restarted; nothing is lost there.
    expect(at({ apiLevel: 30 })).toBe('auth-failed')
    expect(at({ deviceLocked: true })).toBe('device-locked')
    const kpie = native(plainDomain, null, 'android.security.keystore.KeyPermanentlyInvalidatedException')
    expect(keystoreFailure(kpie, { ...keystore, during: 'doFinal' }).code).toBe('key-invalidated')
  })
  it('nothing else is ever an invalidation, and nothing transient', () => {
    fc.assert(
      fc.property(fc.constantFrom(...keystoreErrors), contexts.keystore, (row, context) => {
        const { code } = keystoreFailure(nativeOf(row), context)
        if (code !== 'key-invalidated') return
        const absent = ['getKey returned null', 'ERROR_KEY_DOES_NOT_EXIST', 'KEY_NOT_FOUND'].includes(row.name)
        const said = [
          'KeyPermanentlyInvalidatedException',
          'KEY_PERMANENTLY_INVALIDATED',
          'UnrecoverableKeyException',
        ].includes(row.name)
        const late = context.apiLevel === 26 && context.during === 'doFinal' && context.authenticated
        expect(context.transient).toBe(false)
        expect(said || (absent && context.ciphertext) || late).toBe(true)
      }),
      { numRuns: 2_000, seed: 1 },
    )
  })
})
