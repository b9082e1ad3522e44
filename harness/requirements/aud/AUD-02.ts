import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'AUD-02',
  family: 'AUD',
  level: 'MUST',
  profiles: ['audit'],
  clause: 'A log that lost its newest entries does not verify.',
  threat: 'BYPASS',
  cwe: ['CWE-353'],
  why: 'Who took something cuts the log just before the entry that tells of it: what is left is a perfect chain.',
  advice:
    'Keep the number of entries and the hash of the last one outside the log: in the keyring, in hardware, on a server.',
  sources: [
    'msaad00/agent-bom#3697',
    'hyprstream/hyprstream#675',
    'agentrust-io/cmcp#427',
    'alphaonedev/ai-memory-mcp#1850',
    'yaad-index/darbaan PR#246',
  ],
  excluded:
    'The contract has no profile `audit` yet: no operation appends to a log or verifies one, so a program has nothing to tamper with. It takes the profile, and a control that cuts the end of the log.',
}
