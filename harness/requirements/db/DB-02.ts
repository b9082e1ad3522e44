import { mustOpen, wrongRead } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'DB-02',
  family: 'DB',
  level: 'MUST',
  profiles: ['database'],
  clause: 'An upgrade of the format keeps every row.',
  threat: 'LOSS',
  cwe: ['CWE-696', 'CWE-758'],
  why: 'The update of the app runs well on most phones; on some the database is gone afterwards.',
  advice: 'Write the new file beside the old one, compare, and change over in one step.',
  sources: [
    'sqlcipher/android-database-sqlcipher#446',
    'sqlcipher/android-database-sqlcipher#648',
    'sqlcipher/sqlcipher#249',
  ],
  needs: ['app-updates'],
  judges: ['opened-after-upgrade'],
  twin: ['acknowledged-write'],
  since: '2',
  breach: (occurrence) => (occurrence.call?.op.op === 'unlock' ? mustOpen(occurrence) : wrongRead(occurrence)),
  witnesses: ({ call }) => call?.op.op === 'get' && call.outcome.is === 'ok',
}
