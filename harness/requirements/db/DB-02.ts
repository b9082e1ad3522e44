import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'DB-02',
  family: 'DB',
  level: 'MUST',
  profiles: ['database'],
  clause: 'An upgrade of the format keeps every row, and the older file opens until the new one is complete.',
  threat: 'LOSS',
  cwe: ['CWE-696', 'CWE-758'],
  why: 'The update of the app runs well on most phones; on some the database is gone afterwards.',
  advice: 'Write the new file beside the old one, compare, and change over in one step.',
  sources: [
    'sqlcipher/android-database-sqlcipher#446',
    'sqlcipher/android-database-sqlcipher#648',
    'sqlcipher/sqlcipher#249',
  ],
  excluded:
    'The contract has no profile `database` yet: no operation opens an encrypted database, writes a row or reads one. It also takes files that older versions of the vault wrote, for a program to begin with.',
}
