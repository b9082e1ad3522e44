import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'AUD-03',
  family: 'AUD',
  level: 'MUST',
  profiles: ['audit'],
  clause: 'A log that is gone altogether does not verify as an empty one.',
  threat: 'BYPASS',
  cwe: ['CWE-636', 'CWE-353'],
  why: 'Deleting the file is enough: the check of nothing says "valid".',
  advice: 'Remember outside of the log that there was one, and how long it was.',
  sources: ['flare19/payment-reconciliation-agent-platform#18'],
  excluded:
    'The contract has no profile `audit` yet: no operation appends to a log or verifies one, so a program has nothing to tamper with. It takes the profile; removing a file is a control already (`damage-file`).',
}
