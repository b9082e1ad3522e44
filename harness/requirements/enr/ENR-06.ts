import { failedBy, unexplained, withoutPolicy } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ENR-06',
  family: 'ENR',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['android', 'ios'],
  clause:
    'After the screen lock was removed, or changed by somebody who did not know it, every shape in which the platform tells of the lost key is `key-invalidated`; while there is no lock also `no-screen-lock`.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-393', 'CWE-754'],
  why: 'The app shows the same alert again and again, since it knows one of three exceptions.',
  advice:
    'Take a key that is not there beside data that is, a key that cannot be recovered without a cause, and an invalidated key for the same thing.',
  sources: ['horizontalsystems/unstoppable-wallet-android#1662', 'AOSP AndroidKeyStoreSpi.engineGetKey'],
  needs: ['enforces-access-control'],
  judges: ['read-after-lock-change'],
  twin: ['acknowledged-write'],
  exempts: withoutPolicy('current-set', 'any-enrolled', 'device-credential'),
  witnesses: (occurrence) => failedBy(occurrence),
  breach: (occurrence) => unexplained(occurrence),
}
