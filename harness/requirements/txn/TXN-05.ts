import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'TXN-05',
  family: 'TXN',
  level: 'MUST',
  profiles: ['slot', 'store'],
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
  excluded:
    'A migration begins with what an older version left, and a program begins with an empty vault. It takes such files from the vault’s author, and a way to begin with them; killing at every effect is there, and judges writes, set-ups and changes of a PIN (TXN-01, TXN-02, TXN-07).',
}
