import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'DB-01',
  family: 'DB',
  level: 'MUST',
  profiles: ['database'],
  clause: 'A wrong key, a damaged file and a file of an older format are told apart.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-393'],
  why: 'The app says "wrong password" of a damaged file, or takes an old format for damage and starts anew.',
  advice: 'Look at the salt and the first page before you blame the key, and give each of the three a code of its own.',
  sources: ['sqlcipher/sqlcipher#437', 'sqlcipher/android-database-sqlcipher#247'],
  excluded:
    'The contract has no profile `database` yet: no operation opens an encrypted database, writes a row or reads one. The controls that damage files are there, and so are the codes; it takes the profile and a reference that meets it.',
}
