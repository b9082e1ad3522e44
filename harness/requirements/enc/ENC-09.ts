import { wrongRead } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ENC-09',
  family: 'ENC',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause:
    'A long value is one value: whatever cuts a write of it short or overlaps it, no read gives parts of several writes.',
  threat: 'LOSS',
  cwe: ['CWE-1250'],
  why: 'A token that is kept in three items is half the old one and half the new, and nobody can tell.',
  advice: 'Write all parts under new names, and let one last write, of an index that names them, put them in place.',
  sources: ['jaraco/keyring PR#763', 'jaraco/keyring#540', 'Cretezy/redux-persist-expo-securestore PR#26'],
  needs: [],
  judges: ['long-value-half-written'],
  twin: ['acknowledged-write', 'round-trip'],
  breach: wrongRead,
}
