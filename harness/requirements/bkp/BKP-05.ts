import { failedBy, givenAway, withoutPolicy } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'BKP-05',
  family: 'BKP',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['android', 'ios'],
  clause:
    'A backup that is restored on another phone yields no working copy of an entry that is bound to a person on the first.',
  threat: 'BYPASS',
  cwe: ['CWE-522', 'CWE-212'],
  maswe: ['MASWE-0016', 'MASWE-0006'],
  why: 'Who gets hold of a backup gets the secret that no finger but the owner’s was to open.',
  advice: 'Use keys that never leave the phone, and on iOS classes that end in `ThisDeviceOnly`.',
  sources: ['Apple: Keychain data protection', 'Android: Keystore'],
  needs: ['phone-backup'],
  judges: ['read-on-other-phone'],
  twin: ['acknowledged-write'],
  exempts: withoutPolicy('current-set', 'any-enrolled', 'device-credential'),
  witnesses: (occurrence) => failedBy(occurrence) && occurrence.call?.phone?.policy !== 'none',
  breach: givenAway,
}
