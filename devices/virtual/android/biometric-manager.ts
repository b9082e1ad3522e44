import { authenticators } from '../../../harness/contract/platforms/android.ts'
import { enrolledSensors, type Phone } from './phone.ts'
import { texts } from './texts.ts'

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

const labels = { finger: 'use-finger', 'strong-face': 'use-face', 'weak-face': 'use-face' } as const

/** `BiometricManager.Strings.getButtonLabel`: one kind of sensor by its name, several by none. */
export const buttonLabel = (wanted: number, phone: Phone): string | null => {
  if (phone.rules.api < 31 || !isSupported(wanted, phone.rules.api)) return null
  const { biometric, weakToo, credential } = read(wanted)
  const kinds = new Set(biometric ? enrolledSensors(phone, weakToo).map((sensor) => labels[sensor]) : [])
  const [only, more] = kinds
  if (only !== undefined) return texts[more === undefined ? only : 'use-biometrics'][phone.language]
  return credential && phone.rootSid !== null ? texts['use-screen-lock'][phone.language] : null
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
