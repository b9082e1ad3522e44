import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'DB-05',
  family: 'DB',
  level: 'MUST',
  profiles: ['database'],
  clause: 'A raw key with zero bytes opens what it made.',
  threat: 'LOSS',
  cwe: ['CWE-158'],
  why: 'One database in a few cannot be opened again, since its random key holds a zero byte.',
  advice: 'Hand over raw keys as bytes with their length, never as C strings.',
  sources: ['sqlcipher/sqlcipher#233'],
  excluded:
    'The contract has no profile `database` yet: no operation opens an encrypted database, writes a row or reads one. A program has to choose the key for this, and only that profile would take one. Values and names with zero bytes are judged by ENC-07.',
}
