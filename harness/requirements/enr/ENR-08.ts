import { succeeded, unexplained, withoutPolicy } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ENR-08',
  family: 'ENR',
  level: 'MUST',
  profiles: ['biometric'],
  clause: 'What was stored after a change of enrolment is not told as invalidated by it.',
  threat: 'LOSS',
  cwe: ['CWE-372'],
  why: 'The app asks to be set up again each time it is opened, since it once saw a new finger.',
  advice: 'Bind to what is enrolled when the entry is written, and forget what was noticed before.',
  sources: ['android/security-samples#9', 'googlearchive/android-FingerprintDialog#21'],
  needs: ['enrolment-invalidates'],
  judges: ['read-of-late-entry'],
  twin: ['acknowledged-write'],
  exempts: withoutPolicy('current-set'),
  witnesses: succeeded,
  breach: (occurrence) => unexplained(occurrence),
}
