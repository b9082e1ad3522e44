import { JavaThrowable } from '../../../harness/contract/platforms/android.ts'
import { type Language, type TextName, texts } from './texts.ts'

/** Everything that this phone throws, by its whole name. */
export const javaClasses = {
  IllegalArgument: 'java.lang.IllegalArgumentException',
  IllegalState: 'java.lang.IllegalStateException',
  NoSuchMethod: 'java.lang.NoSuchMethodError',
  UnrecoverableKey: 'java.security.UnrecoverableKeyException',
  InvalidKey: 'java.security.InvalidKeyException',
  InvalidAlgorithmParameter: 'java.security.InvalidAlgorithmParameterException',
  KeyPermanentlyInvalidated: 'android.security.keystore.KeyPermanentlyInvalidatedException',
  UserNotAuthenticated: 'android.security.keystore.UserNotAuthenticatedException',
  StrongBoxUnavailable: 'android.security.keystore.StrongBoxUnavailableException',
  KeyStore: 'android.security.KeyStoreException',
  IllegalBlockSize: 'javax.crypto.IllegalBlockSizeException',
  AeadBadTag: 'javax.crypto.AEADBadTagException',
  BadPadding: 'javax.crypto.BadPaddingException',
} as const
export type JavaClass = keyof typeof javaClasses

/** Makes what a method throws, worded in the phone's language. */
export type Thrown = (
  what: JavaClass,
  text: TextName,
  more?: ConstructorParameters<typeof JavaThrowable>[2],
) => JavaThrowable

/** A stack trace would cost more than the whole of a program's command, and tell of this simulation only. */
const withoutTrace = <T>(make: () => T): T => {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    return make()
  } finally {
    Error.stackTraceLimit = limit
  }
}

/** Makes throwables in the language that the phone speaks at that moment. */
export const throwing =
  (language: () => Language): Thrown =>
  (what, text, more) =>
    withoutTrace(() => new JavaThrowable(javaClasses[what], texts[text][language()], more))
