import { unexplained } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'PST-04',
  family: 'PST',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['android', 'ios'],
  clause:
    'A new installation finds what the vault says of an old one’s items, adopted or purged, and can be written to.',
  threat: 'LOSS',
  cwe: ['CWE-459', 'CWE-248'],
  why: 'A key of the old installation stays, its data does not, and the new one crashes at its start.',
  advice: 'Notice a first start, and either remove what is left or go on with it; refuse neither.',
  sources: [
    'juliansteenbakker/flutter_secure_storage#897',
    'mozilla-lockwise/lockwise-ios#155',
    'safe-global/safe-ios#2880',
    'expo/expo PR#40729',
  ],
  needs: ['phone-backup'],
  judges: ['read-after-reinstall', 'write-after-reinstall'],
  twin: ['acknowledged-write'],
  breach: (occurrence) => unexplained(occurrence),
}
