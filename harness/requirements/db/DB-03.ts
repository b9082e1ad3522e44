import { foundSecret } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'DB-03',
  family: 'DB',
  level: 'MUST',
  profiles: ['database'],
  clause:
    'The file of the database, its journal and its temporary files hold neither a value nor the raw key in plain.',
  threat: 'LEAK',
  cwe: ['CWE-313'],
  maswe: ['MASWE-0001'],
  why: 'The database was made anew without its key, and everything lies readable on the disk.',
  advice:
    'Set the key before the first statement, check that the file does not begin like a plain one, and keep temporary storage in memory.',
  sources: ['signalapp/Signal-Desktop#5097'],
  needs: ['searched-files'],
  judges: ['files-searched'],
  twin: ['round-trip'],
  since: '2',
  breach: (occurrence) => foundSecret(occurrence, occurrence.seen?.probe === 'leak' ? occurrence.seen.where : ''),
}
