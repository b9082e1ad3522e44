import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'AUD-09',
  family: 'AUD',
  level: 'MUST',
  profiles: ['audit'],
  clause: 'No two different entries have the same bytes where they are hashed.',
  threat: 'BYPASS',
  cwe: ['CWE-354'],
  why: 'An entry reads one way to the signer and another way to the auditor.',
  advice: 'Hash one canonical form: fixed order, explicit lengths, no free text between fields.',
  sources: ['RFC 8785'],
  excluded:
    'The contract has no profile `audit` yet: no operation appends to a log or verifies one, so a program has nothing to tamper with. It takes the profile, and entries that differ in the order of their fields alone.',
}
