import type { NativeError } from '../../../harness/contract/mapping.ts'
import { type AndroidApp, JavaThrowable } from '../../../harness/contract/platforms/android.ts'
import {
  type KeystoreContext,
  keyStoreDomain,
  keystoreErrors,
  keystoreFailure,
  plainDomain,
} from '../../errors/android-keystore.ts'
import { Refusal } from '../../failure.ts'

/** Classes that say all: the number behind them is only of where the key store noticed it. */
const telling = new Set(
  keystoreErrors.flatMap(({ by, domain, match }) => (by === 'type' && domain === undefined ? [match] : [])),
)

/** What a Java exception is, by its class, its cause and its number. The message is not looked at. */
export function nativeOf({ className, cause, keyStoreError }: JavaThrowable): NativeError {
  if (telling.has(className)) return { domain: plainDomain, code: null, type: className, message: '' }
  const byKeyStore = cause?.className === keyStoreDomain
  const number = cause?.keyStoreError ?? keyStoreError
  return {
    domain: byKeyStore || number !== null ? keyStoreDomain : plainDomain,
    code: number?.code ?? null,
    type: className,
    message: '',
  }
}

/** Refuses with what this native outcome means there and then. */
export const refusalOf = (native: NativeError, context: KeystoreContext): Refusal => {
  const { code, ...more } = keystoreFailure(native, context)
  return new Refusal(code, more)
}

/** Does a step of the key store's, and turns what Java throws into a refusal by the table. */
export async function keystoreStep<T>(
  app: AndroidApp,
  step: Pick<KeystoreContext, 'during' | 'ciphertext' | 'authenticated'>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof JavaThrowable)) throw error
    const number = error.cause?.keyStoreError ?? error.keyStoreError
    throw refusalOf(nativeOf(error), {
      ...step,
      apiLevel: app.sdkInt,
      transient: number?.transient ?? false,
      deviceLocked: await app.keyguardManager.isDeviceLocked(),
    })
  }
}
