import { authenticators, type CryptoObject, type PromptInfo } from '../../../harness/contract/platforms/android.ts'
import { isSupported } from './biometric-manager.ts'
import { type TextName, texts } from './texts.ts'

const hasText = (text: string | undefined): boolean => text !== undefined && text !== ''

/** What `PromptInfo.Builder.build` and `authenticate` of androidx refuse with IllegalArgumentException; null: nothing. */
export const illegal = (info: PromptInfo, crypto: CryptoObject | undefined, api: number): TextName | null => {
  const wanted = info.allowedAuthenticators
  const credential = (wanted & authenticators.deviceCredential) !== 0
  if (!hasText(info.title)) return 'no-title'
  if (!isSupported(wanted, api)) return 'unsupported-authenticators'
  if (!credential && !hasText(info.negativeButtonText)) return 'no-negative-text'
  if (credential && hasText(info.negativeButtonText)) return 'negative-text-and-credential'
  if (crypto === undefined) return null
  if ((wanted & authenticators.weak) === authenticators.weak) return 'weak-crypto'
  return api < 30 && credential ? 'credential-crypto' : null
}

/** A rule as Android says that it was broken, as a part of a sentence. */
export const ruleWords = (rule: TextName): string => `"${texts[rule].en.replace(/\.$/, '')}"`
