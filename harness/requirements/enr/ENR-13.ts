import { onlyOn, unexplained, withoutPolicy } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ENR-13',
  family: 'ENR',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['android'],
  clause: 'A face that counts as strong is an enrolment like a finger, and one that does not is none.',
  threat: 'BYPASS',
  cwe: ['CWE-1390'],
  maswe: ['MASWE-0022'],
  why: 'A face that a photograph fools opens what a finger was to guard; or enrolling it destroys what it could never open.',
  advice: 'Allow strong biometrics alone for keys, and let the platform say which sensors are.',
  sources: ['AOSP BiometricManager: invalidateAuthenticatorIds', 'Android CDD 7.3.10'],
  needs: ['enrolment-invalidates'],
  judges: ['read-after-other-strong-face', 'read-after-weak-face'],
  twin: ['acknowledged-write'],
  exempts: (description) =>
    onlyOn('android', 'an iPhone has one sensor')(description) ?? withoutPolicy('current-set')(description),
  breach: (occurrence) => unexplained(occurrence),
}
