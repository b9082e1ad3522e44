import { mustOpen } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'TXN-05',
  family: 'TXN',
  level: 'MUST',
  profiles: ['database'],
  clause: 'A migration that is interrupted leaves the old store usable.',
  threat: 'LOSS',
  cwe: ['CWE-696'],
  why: 'The phone dies during the update, and the app finds half of a new database and nothing of the old one.',
  advice: 'Migrate into a new file, and put it in place in one step after it is complete.',
  sources: [
    'sqlcipher/android-database-sqlcipher#648',
    'linux-credentials/oo7#463',
    'juliansteenbakker/flutter_secure_storage PR#865',
  ],
  needs: ['app-updates', 'process-death', 'ordered-effects'],
  judges: ['opened-after-killed-upgrade'],
  twin: ['acknowledged-write'],
  since: '2',
  breach: mustOpen,
  witnesses: ({ call }) => call?.outcome.is === 'ok',
}
