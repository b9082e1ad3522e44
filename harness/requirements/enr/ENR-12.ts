import { succeeded, unexplained, withoutPolicy } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ENR-12',
  family: 'ENR',
  level: 'MUST',
  profiles: ['biometric'],
  clause: 'What any enrolled finger or face opens stays readable when another one is enrolled.',
  threat: 'LOSS',
  cwe: ['CWE-440', 'CWE-1025'],
  why: 'The owner adds a second finger as the app had suggested, and is signed out.',
  advice: 'Use a key that an enrolment does not invalidate, or `biometryAny`, and look at no state of enrolment.',
  sources: ['Apple developer forums 774790'],
  needs: ['enrolment-invalidates'],
  judges: ['read-any-after-enrolment'],
  twin: ['acknowledged-write'],
  exempts: withoutPolicy('any-enrolled'),
  witnesses: succeeded,
  breach: (occurrence) => unexplained(occurrence),
}
