import type { AccessPolicy } from '../../../harness/contract/operations.ts'
import {
  type AndroidApp,
  type AuthenticationCallback,
  authenticators,
  type BiometricPrompt,
  type Cipher,
  type PromptInfo,
} from '../../../harness/contract/platforms/android.ts'
import { biometricPromptFailure, promptDomain } from '../../errors/android-biometric-prompt.ts'
import type { ShowPrompt } from '../asking.ts'

/** A cipher that waits for a recognition, and whose. */
export interface Guarded {
  readonly cipher: Cipher
  readonly access: AccessPolicy
}

const title = 'Read a secret'
const byFinger: PromptInfo = { title, allowedAuthenticators: authenticators.strong, negativeButtonText: 'Cancel' }
const byFingerOrLock: PromptInfo = {
  title,
  allowedAuthenticators: authenticators.strong | authenticators.deviceCredential,
}

/**
 * Shows prompts on whatever activity is there. A match counts by what it unlocked: only the cipher that the system
 * gives back is used, and the key store refuses it where nobody was recognised.
 */
export function showPrompt(app: AndroidApp): ShowPrompt<Guarded, Cipher> {
  let up: { readonly callback: AuthenticationCallback; prompt: BiometricPrompt } | null = null
  // A prompt survives a rotation, its listener does not: the new activity needs it again.
  app.onActivityCreated((activity) => {
    if (up !== null) up.prompt = activity.biometricPrompt(up.callback)
  })
  return (prompt, { cipher, access }, listener) => {
    const callback: AuthenticationCallback = {
      onAuthenticationSucceeded({ cryptoObject }) {
        if (up?.callback === callback) up = null
        if (cryptoObject !== null) listener({ prompt, is: 'succeeded', released: cryptoObject.cipher })
        else listener({ prompt, is: 'error', failure: { code: 'auth-failed', reason: 'a match that unlocks nothing' } })
      },
      onAuthenticationError(code) {
        if (up?.callback === callback) up = null
        const native = { domain: promptDomain, code, type: null, message: '' }
        listener({ prompt, is: 'error', failure: biometricPromptFailure(native, { negativeButton: 'cancel' }) })
      },
      onAuthenticationFailed() {
        listener({ prompt, is: 'failed' })
      },
    }
    const mine = { callback, prompt: app.activity().biometricPrompt(callback) }
    up = mine
    try {
      mine.prompt.authenticate(access === 'device-credential' ? byFingerOrLock : byFinger, { cipher })
    } catch (error) {
      up = null
      throw error
    }
    return { dismiss: () => mine.prompt.cancelAuthentication() }
  }
}
