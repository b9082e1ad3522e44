import { succeeded, unexplained } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'BKP-04',
  family: 'BKP',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['android', 'ios'],
  clause: 'After a backup was restored without its keys, something can be stored and read again.',
  threat: 'LOSS',
  cwe: ['CWE-672', 'CWE-459'],
  why: 'The new phone never gets past the failing migration of what the old one left.',
  advice: 'Treat what was restored without its key like an invalidated entry: replace it at the next write.',
  sources: ['juliansteenbakker/flutter_secure_storage PR#865'],
  needs: ['phone-backup'],
  judges: ['write-after-restored-backup'],
  twin: ['acknowledged-write'],
  witnesses: succeeded,
  breach: (occurrence) => unexplained(occurrence),
}
