import type { LAError } from '../../../harness/contract/platforms/ios.ts'
import type { Language, Refusal } from './phone.ts'
import { laText } from './texts.ts'

/** How a prompt ends for whoever asked. */
export type PromptEnd =
  | 'forged'
  | 'dismissed'
  | 'button'
  | 'exhausted'
  | 'locked-out-for-good'
  | 'system-cancelled'
  | 'app-cancelled'

/** `LAError.Code` for each way in which nobody is recognised. */
export const laCodes: Readonly<Record<Refusal | Exclude<PromptEnd, 'forged'>, number>> = {
  exhausted: -1,
  dismissed: -2,
  button: -3,
  'system-cancelled': -4,
  'no-passcode': -5,
  'not-enrolled': -7,
  'locked-out': -8,
  'locked-out-for-good': -8,
  'app-cancelled': -9,
  'not-interactive': -1004,
}
export const invalidContext = -10

/**
 * What the keychain makes of an end of LocalAuthentication, as Apple’s published Security sources do: two have a status
 * of their own, all others are `errSecAuthFailed`, so that a lockout and a prompt taken down by the system look alike.
 */
export const statusOfLaCode = (code: number): number => (code === -2 ? -128 : code === -1004 ? -25308 : -25293)

export const laError = (code: number, language: Language): LAError => ({
  code,
  localizedDescription: laText(code, language),
})
