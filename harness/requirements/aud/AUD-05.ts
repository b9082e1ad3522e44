import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'AUD-05',
  family: 'AUD',
  level: 'MUST',
  profiles: ['audit'],
  clause: 'A log that lost its oldest entries does not verify.',
  threat: 'BYPASS',
  cwe: ['CWE-353'],
  why: 'The entries of the first week are taken away, and the check begins at the first one that is left.',
  advice: 'Begin each check at a fixed start that the log cannot choose.',
  sources: ['msaad00/agent-bom#3696'],
  excluded:
    'The contract has no profile `audit` yet: no operation appends to a log or verifies one, so a program has nothing to tamper with. It takes the profile, and a control that cuts the beginning of the log.',
}
