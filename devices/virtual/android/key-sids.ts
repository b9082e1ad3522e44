import type { KeyGenParameterSpec } from '../../../harness/contract/platforms/android.ts'
import { type Phone, type Sid, strongSids } from './phone.ts'

/** By whom a key may be used: who holds one of the ids, by one of the means; `seconds` 0 asks for each use. */
export interface KeyAuthorization {
  readonly sids: readonly Sid[]
  readonly by: 'biometric' | 'credential' | 'both'
  readonly seconds: number
}

/** Why a key of this specification cannot be made on this phone now. */
export type CannotBeMade = 'needs-biometric' | 'needs-screen-lock' | 'newer-api' | 'no-strongbox'

/** The authorization that the specification asks for, as `setUserAuthenticationParameters` and its elders take it. */
const asked = ({ userAuthentication }: KeyGenParameterSpec, api: number): Omit<KeyAuthorization, 'sids'> => {
  const { seconds, by } = userAuthentication ?? { seconds: 0, by: 'biometric' }
  // Before API 30 a key with a duration takes either, and one without it takes biometrics alone.
  return { seconds, by: api < 30 && seconds > 0 ? 'both' : by }
}

export const whyNot = (spec: KeyGenParameterSpec, phone: Phone): CannotBeMade | null => {
  const { api, strongBox } = phone.rules
  if (spec.strongBoxBacked === true && !strongBox) return api < 28 ? 'newer-api' : 'no-strongbox'
  if (spec.unlockedDeviceRequired === true && api < 28) return 'newer-api'
  if (spec.userAuthenticationRequired !== true) return null
  const { seconds, by } = asked(spec, api)
  if (api < 30 && seconds === 0 && by !== 'biometric') return 'newer-api'
  if (by === 'biometric') return strongSids(phone).length > 0 ? null : 'needs-biometric'
  return phone.rootSid === null ? 'needs-screen-lock' : null
}

/**
 * The ids that go into a key (`KeyStore2ParameterUtils.addSids`): of all strong sensors where any enrolment is to
 * invalidate it, of the screen lock otherwise. Null where it asks for nobody.
 */
export const keyAuthorization = (spec: KeyGenParameterSpec, phone: Phone): KeyAuthorization | null => {
  if (spec.userAuthenticationRequired !== true) return null
  const { seconds, by } = asked(spec, phone.rules.api)
  const unnoticed = phone.rules.fault === 'enrolment-unnoticed'
  const toEnrolments = by === 'biometric' && spec.invalidatedByBiometricEnrollment !== false && !unnoticed
  const root = phone.rootSid === null ? [] : [phone.rootSid]
  return { sids: toEnrolments ? strongSids(phone) : root, by, seconds }
}

/** `KeyStoreCryptoOperationUtils.canUserAuthorizationSucceed`, read at `Cipher.init` of keys that ask for each use. */
export const canUserAuthorizationSucceed = ({ sids }: KeyAuthorization, phone: Phone): boolean => {
  if (phone.rootSid !== null && sids.includes(phone.rootSid)) return true
  const strong = strongSids(phone)
  return strong.length > 0 && strong.every((id) => sids.includes(id))
}
