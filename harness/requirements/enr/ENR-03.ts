import { failedBy, givenAway, withoutPolicy } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ENR-03',
  family: 'ENR',
  level: 'MUST',
  profiles: ['biometric'],
  clause:
    'What was stored for the fingers and faces enrolled then is never given to anybody after another one was enrolled.',
  threat: 'BYPASS',
  cwe: ['CWE-522', 'CWE-1390'],
  maswe: ['MASWE-0022'],
  why: 'Who knows the PIN of the phone adds a finger of their own and reads the secrets of every app.',
  advice:
    'On Android leave `setInvalidatedByBiometricEnrollment` on and do not allow the device credential; on iOS use `biometryCurrentSet`.',
  sources: [
    'oblador/react-native-keychain#725',
    'SelfLender/react-native-biometrics#245',
    'cryptomator/ios#110',
    'epicshaggy/capacitor-native-biometric#72',
  ],
  needs: ['enrolment-invalidates'],
  judges: ['read-after-enrolment', 'late-invalidation', 'read-after-no-fingers'],
  twin: ['acknowledged-write'],
  exempts: withoutPolicy('current-set'),
  witnesses: (occurrence) => failedBy(occurrence),
  breach: givenAway,
}
