import { succeeded, unexplained, withoutPolicy } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ENR-04',
  family: 'ENR',
  level: 'MUST',
  profiles: ['biometric'],
  clause:
    'After an invalidation something can be stored again and read, without a new installation and without clearing data.',
  threat: 'LOSS',
  cwe: ['CWE-672'],
  maswe: ['MASWE-0022'],
  why: 'Every attempt to sign in again fails, and only removing the app helps.',
  advice: 'Before a write look whether the key can still be used, and make a new one where it cannot.',
  sources: ['NiklasMerz/cordova-plugin-fingerprint-aio#320', 'oblador/react-native-keychain#752', 'expo/expo#22312'],
  needs: ['enrolment-invalidates'],
  judges: ['write-after-invalidation'],
  twin: ['acknowledged-write', 'round-trip'],
  exempts: withoutPolicy('current-set'),
  witnesses: succeeded,
  breach: (occurrence) => unexplained(occurrence),
}
