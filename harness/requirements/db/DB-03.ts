import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'DB-03',
  family: 'DB',
  level: 'MUST',
  profiles: ['database'],
  clause: 'The file of the database, its journal and its temporary files hold nothing in plain.',
  threat: 'LEAK',
  cwe: ['CWE-313'],
  maswe: ['MASWE-0001'],
  why: 'The database was made anew without its key, and everything lies readable on the disk.',
  advice:
    'Set the key before the first statement, check that the file does not begin like a plain one, and keep temporary storage in memory.',
  sources: ['signalapp/Signal-Desktop#5097'],
  excluded:
    'The contract has no profile `database` yet: no operation opens an encrypted database, writes a row or reads one. Files of other vaults are searched for secrets already; here the pages of a database are what matters, and there is none.',
}
