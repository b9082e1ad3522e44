import { unexplained, withoutPolicy } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ENR-05',
  family: 'ENR',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['android', 'ios'],
  clause:
    'After one of several fingers was removed, a read of what was bound to them is typed: Android keeps it, iOS ends it.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-393'],
  maswe: ['MASWE-0022'],
  why: 'After an old finger was tidied away the app says "something went wrong" for ever.',
  advice: 'Do not guess from the number of fingers: try the key, and tell what the platform says of it by one code.',
  sources: ['StackOverflow 70881446', 'NiklasMerz/cordova-plugin-fingerprint-aio#320', 'Apple: biometryCurrentSet'],
  needs: ['enrolment-invalidates'],
  judges: ['read-after-fewer-fingers'],
  twin: ['acknowledged-write'],
  exempts: withoutPolicy('current-set'),
  breach: (occurrence) => unexplained(occurrence),
}
