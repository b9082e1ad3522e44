import { failedBy, succeeded, unexplained } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'PST-05',
  family: 'PST',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['android', 'ios'],
  clause: 'An app that starts before the first unlock, and reads nothing then, loses nothing by it.',
  threat: 'LOSS',
  cwe: ['CWE-696'],
  why: 'A purge meant for the first start runs at each start, and finds no marker while the phone is still locked.',
  advice: 'Decide nothing at the start of a process on the ground of what cannot be read yet.',
  sources: ['pradeep1991singh/react-native-secure-key-store#55'],
  needs: ['first-unlock'],
  judges: ['read-after-early-start'],
  twin: ['acknowledged-write'],
  witnesses: succeeded,
  // A vault that still says that the phone is locked is BOOT-05's to tell.
  breach: (occurrence) => (failedBy(occurrence, 'device-locked') ? null : unexplained(occurrence)),
}
