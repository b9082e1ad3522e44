import { failedBy, unexplainedRefusal } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'BKP-01',
  family: 'BKP',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['android', 'ios'],
  clause:
    'An entry that came back from a backup without its key is `key-invalidated` or `corrupt`, and absent only where the backup held nothing of the app.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-393', 'CWE-248'],
  why: 'On the new phone the app crashes at each start with a padding error.',
  advice: 'Tell data without its key apart from no data, and answer one code for it.',
  sources: [
    'juliansteenbakker/flutter_secure_storage#354',
    'juliansteenbakker/flutter_secure_storage#541',
    'digitalfabrik/entitlementcard PR#1845',
  ],
  needs: ['phone-backup'],
  judges: ['read-after-restored-backup', 'read-on-other-phone'],
  twin: ['acknowledged-write'],
  witnesses: (occurrence) => failedBy(occurrence),
  breach: (occurrence) => unexplainedRefusal(occurrence, ['corrupt']),
}
