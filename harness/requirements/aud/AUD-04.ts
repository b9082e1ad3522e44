import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'AUD-04',
  family: 'AUD',
  level: 'MUST',
  profiles: ['audit'],
  clause: 'Entries at the end that were rewritten, the same number of them, are detected.',
  threat: 'BYPASS',
  cwe: ['CWE-1025'],
  why: 'The last three entries are replaced by three harmless ones, and the counter still agrees.',
  advice: 'Anchor the hash of the last entry, not its number alone.',
  sources: ['alphaonedev/ai-memory-mcp#1873'],
  excluded:
    'The contract has no profile `audit` yet: no operation appends to a log or verifies one, so a program has nothing to tamper with. It takes the profile, and a control that rewrites the end of the log.',
}
