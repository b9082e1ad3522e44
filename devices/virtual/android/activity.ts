import type {
  Activity,
  AuthenticationCallback,
  CryptoObject,
  PromptInfo,
} from '../../../harness/contract/platforms/android.ts'
import { operationOf } from './cipher.ts'
import type { MisuseRecord } from './misuse.ts'
import { illegal, ruleWords } from './prompt-rules.ts'
import type { Thrown } from './throwing.ts'

/** An activity with what the system needs of it. */
export interface LivingActivity {
  readonly port: Activity
  /** Of the BiometricPrompt that was built last; null where none was. */
  callback(): AuthenticationCallback | null
  destroy(): void
}
export interface ActivityParts {
  readonly misuse: MisuseRecord
  readonly thrown: Thrown
  readonly api: () => number
  readonly show: (info: PromptInfo, crypto: CryptoObject | null, challenge: string | null) => void
  readonly cancel: () => void
}

export const createActivity = (id: number, { misuse, thrown, api, show, cancel }: ActivityParts): LivingActivity => {
  let last: AuthenticationCallback | null = null
  let destroyed = false

  const authenticate = (info: PromptInfo, crypto?: CryptoObject) => {
    const rule = illegal(info, crypto, api())
    if (rule !== null) {
      misuse.note('BiometricPrompt.authenticate', ruleWords(rule))
      throw thrown('IllegalArgument', rule)
    }
    const operation = crypto === undefined ? null : operationOf(crypto.cipher)
    if (crypto !== undefined && operation === null) {
      misuse.note('BiometricPrompt.authenticate', ruleWords('crypto-not-initialized'))
      throw thrown('IllegalState', 'crypto-not-initialized')
    }
    if (destroyed) misuse.note('BiometricPrompt.authenticate', 'the activity is gone')
    else show(info, crypto ?? null, operation?.challenge ?? null)
  }
  return {
    port: {
      id,
      biometricPrompt(callback) {
        if (!destroyed) last = callback
        return {
          authenticate,
          cancelAuthentication() {
            if (!destroyed) cancel()
          },
        }
      },
    },
    callback: () => last,
    destroy() {
      destroyed = true
      last = null
    },
  }
}
