import { damagedRead } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'CRY-02',
  family: 'CRY',
  level: 'MUST',
  profiles: ['lifecycle'],
  clause: 'An entry that was exchanged with another is refused: no read gives another entry’s value.',
  threat: 'BYPASS',
  cwe: ['CWE-353', 'CWE-325'],
  maswe: ['MASWE-0009'],
  why: 'Who can write the files puts a secret of their own choice in the place of another.',
  advice: 'Bind each sealed entry to the vault and its name by additional authenticated data.',
  sources: ['ethereum/go-ethereum#17635', 'near/mpc#2004', 'NIST SP 800-38D'],
  needs: ['reachable-files'],
  judges: ['read-after-swap'],
  twin: ['acknowledged-write'],
  breach: (occurrence) => damagedRead(occurrence),
  witnesses: ({ call }) => call?.outcome.is === 'fail',
}
