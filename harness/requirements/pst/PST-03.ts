import { failedBy, succeeded, unexplained } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'PST-03',
  family: 'PST',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['android', 'ios'],
  clause: 'What is stored survives an update of the app, and of the system.',
  threat: 'LOSS',
  cwe: ['CWE-758', 'CWE-440'],
  why: 'Version 3.1.2 cannot decrypt what 3.1.1 wrote.',
  advice: 'Write format and key parameters into what you store, and read what older versions wrote.',
  sources: ['juliansteenbakker/flutter_secure_storage#24', 'expo/expo#2089', 'tutao/tutanota#6312'],
  needs: [],
  judges: ['read-after-app-update', 'read-after-system-update'],
  twin: ['acknowledged-write'],
  witnesses: succeeded,
  // On iOS an update taken for a change of enrolment is ENR-07's to tell.
  breach: (occurrence) =>
    occurrence.situation === 'read-after-system-update' &&
    occurrence.call?.phone?.platform === 'ios' &&
    failedBy(occurrence, 'key-invalidated')
      ? null
      : unexplained(occurrence),
}
