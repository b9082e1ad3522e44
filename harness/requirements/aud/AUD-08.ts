import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'AUD-08',
  family: 'AUD',
  level: 'MUST',
  profiles: ['audit'],
  clause: 'Who holds the key of the log cannot rewrite what a witness outside has seen of it.',
  threat: 'BYPASS',
  cwe: ['CWE-353'],
  why: 'Whoever runs the machine runs the log: a head that it keeps itself proves nothing.',
  advice:
    'Let somebody else sign the size and the root from time to time, and prove each one consistent with the one before.',
  sources: ['oxdeai#303', 'RFC 9162', 'C2SP tlog-checkpoint'],
  excluded:
    'The contract has no profile `audit` yet: no operation appends to a log or verifies one, so a program has nothing to tamper with. It also takes a witness that is no part of the vault, which no device has.',
}
