import { failedBy, unexplainedRefusal, withoutPolicy } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ENR-01',
  family: 'ENR',
  level: 'MUST',
  profiles: ['biometric'],
  clause:
    'After the enrolment changed, a read of what was bound to it ends with `key-invalidated`: it never hangs, crashes, or gives an empty answer.',
  threat: 'HANG',
  cwe: ['CWE-248', 'CWE-393'],
  why: 'Somebody adds a finger, and from then on the app crashes at its start until its data is cleared.',
  advice:
    'Catch every shape in which the platform tells of an invalidated key, at the look-up of the key and at its use, and answer one code.',
  sources: [
    'expo/expo#22312',
    'mCodex/react-native-sensitive-info#75',
    'android/security-samples#76',
    'NiklasMerz/cordova-plugin-fingerprint-aio#43',
  ],
  needs: ['enrolment-invalidates'],
  judges: ['read-after-enrolment', 'read-after-no-fingers'],
  twin: ['acknowledged-write'],
  exempts: withoutPolicy('current-set'),
  witnesses: (occurrence) => failedBy(occurrence, 'key-invalidated', 'not-enrolled'),
  breach: (occurrence) => {
    // What was given in spite of it is ENR-03's to tell, and what iOS deleted and the vault calls absent is ENR-02's.
    const absent = occurrence.call?.phone?.platform === 'ios' && failedBy(occurrence, 'not-found')
    return absent ? null : unexplainedRefusal(occurrence)
  },
}
