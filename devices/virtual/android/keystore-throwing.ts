import type { JavaThrowable, KeyStoreErrorNumber } from '../../../harness/contract/platforms/android.ts'
import type { KeystoreCode } from './keystore.ts'
import type { Phone } from './phone.ts'
import type { TextName } from './texts.ts'
import type { Thrown } from './throwing.ts'

/** What the keystore's numbers become in Java. */
export interface KeystoreThrown {
  /** By `Cipher.init`: an absent key (7) is told as one that was invalidated. */
  atInit(code: KeystoreCode): JavaThrowable
  atDoFinal(code: KeystoreCode): JavaThrowable
}

/** What each number is called, and its public number (`ERROR_*`). */
const named: Readonly<
  Record<KeystoreCode, { readonly text: TextName; readonly code: number; readonly transient: boolean }>
> = {
  2: { text: 'not-authenticated', code: 2, transient: false },
  7: { text: 'key-information', code: 6, transient: false },
  17: { text: 'key-invalidated', code: 6, transient: false },
  '-3': { text: 'incompatible-key', code: 13, transient: false },
  '-21': { text: 'input-length', code: 13, transient: false },
  '-26': { text: 'key-not-authenticated', code: 2, transient: false },
  '-28': { text: 'operation-expired', code: 15, transient: true },
  '-30': { text: 'bad-tag', code: 10, transient: false },
  '-33': { text: 'invalid-key-blob', code: 7, transient: false },
  '-38': { text: 'bad-padding', code: 10, transient: false },
}
const firstWithNumbers = 33

export const keystoreThrowing = (thrown: Thrown, phone: Phone): KeystoreThrown => {
  /** `android.security.KeyStoreException`; its numbers are public since API 33. */
  const exception = (keystoreCode: KeystoreCode): JavaThrowable => {
    const { text, code, transient } = named[keystoreCode]
    const keyStoreError: KeyStoreErrorNumber | null = phone.rules.api >= firstWithNumbers ? { code, transient } : null
    return thrown('KeyStore', text, { keyStoreError })
  }
  return {
    atInit(code) {
      if (code === 7 || code === 17) return thrown('KeyPermanentlyInvalidated', 'key-invalidated')
      if (code === -26 || code === 2) return thrown('UserNotAuthenticated', 'not-authenticated')
      return thrown('InvalidKey', 'operation-failed', { cause: exception(code) })
    },
    atDoFinal(code) {
      if (code === -30) return thrown('AeadBadTag', 'bad-tag', { cause: exception(code) })
      if (code === -38) return thrown('BadPadding', 'bad-padding', { cause: exception(code) })
      return thrown('IllegalBlockSize', named[code].text, { cause: exception(code) })
    },
  }
}
