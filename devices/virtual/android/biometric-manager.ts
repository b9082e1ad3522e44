import { authenticators } from '../../../harness/contract/platforms/android.ts'
import { enrolledSensors, type Phone } from './phone.ts'

/** What a set of authenticators asks for. */
export interface Asked {
  /** Whether any biometric is asked for, and whether a weak one will do. */
  readonly biometric: boolean
  readonly weakToo: boolean
  readonly credential: boolean
}
export const read = (wanted: number): Asked => ({
  biometric: (wanted & authenticators.weak) !== 0,
  weakToo: (wanted & authenticators.weak) === authenticators.weak,
  credential: (wanted & authenticators.deviceCredential) !== 0,
})

/** `AuthenticatorUtils.isSupportedCombination` of androidx. */
export const isSupported = (wanted: number, api: number): boolean => {
  const { strong, weak, deviceCredential } = authenticators
  if (wanted === strong || wanted === weak || wanted === (weak | deviceCredential)) return true
  if (wanted === deviceCredential) return api >= 30
  return wanted === (strong | deviceCredential) && (api < 28 || api > 29)
}

/** Results that this phone can give. Its fingerprint sensor is always there and answers. */
export const canAuthenticateResults = { success: 0, noneEnrolled: 11, unknown: -1, unsupported: -2 }

/** `BiometricManager.canAuthenticate` of androidx. A lockout is not told. */
export const canAuthenticate = (wanted: number, phone: Phone): number => {
  const { success, noneEnrolled, unknown, unsupported } = canAuthenticateResults
  if (!isSupported(wanted, phone.rules.api)) return unsupported
  const { weakToo, credential } = read(wanted)
  if (credential) return phone.rootSid === null ? noneEnrolled : success
  if (enrolledSensors(phone, weakToo).length > 0) return success
  // API 28 cannot see whether there is another sensor than the fingerprint's.
  return phone.rules.api === 28 && phone.rootSid !== null ? unknown : noneEnrolled
}
