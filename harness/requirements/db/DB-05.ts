import { mustOpen } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
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
  needs: [],
  judges: ['opened-by-zero-byte-key'],
  twin: ['opened-by-zero-byte-key'],
  since: '2',
  breach: mustOpen,
  witnesses: ({ call }) => call?.outcome.is === 'ok',
}
