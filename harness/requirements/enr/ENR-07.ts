import { failedBy, onlyOn, succeeded, unexplained } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ENR-07',
  family: 'ENR',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['ios'],
  clause:
    'An update of the system, after which the state of enrolment may read otherwise although nothing was enrolled, destroys nothing.',
  threat: 'LOSS',
  cwe: ['CWE-1025'],
  why: 'The phone updates overnight, and in the morning every secret is gone.',
  advice: 'Never delete because a state hash differs: let the platform say whether the item can be opened.',
  sources: ['Apple developer forums 64372', 'Apple developer forums 802782'],
  needs: [],
  judges: ['read-after-system-update'],
  twin: ['acknowledged-write'],
  exempts: onlyOn('ios', 'only iOS tells apps a state of enrolment'),
  witnesses: (occurrence) => succeeded(occurrence) && occurrence.call?.deviation === null,
  // What is lost in another way is PST-03's to tell.
  breach: (occurrence) => (failedBy(occurrence, 'key-invalidated') ? unexplained(occurrence) : null),
}
