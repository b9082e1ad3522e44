import { failedBy, onlyOn, unexplainedRefusal, withoutPolicy } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ENR-10',
  family: 'ENR',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['android'],
  clause:
    'Where the platform tells of the invalidation only after the person was recognised, it is told like any other.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-393'],
  why: 'The person is asked, recognised, and then told that they were not, for ever.',
  advice: 'Classify what the use of the key throws as you classify what its look-up throws.',
  sources: ['sjhoeksma/cordova-plugin-keychain-touch-id PR#31'],
  needs: ['enrolment-invalidates'],
  judges: ['late-invalidation'],
  twin: ['acknowledged-write'],
  exempts: (description) =>
    onlyOn('android', 'only older Android tells so late')(description) ?? withoutPolicy('current-set')(description),
  witnesses: (occurrence) => failedBy(occurrence, 'key-invalidated'),
  breach: (occurrence) => unexplainedRefusal(occurrence),
}
