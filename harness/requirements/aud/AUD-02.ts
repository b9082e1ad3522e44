import type { Requirement } from '../requirement.ts'
import { told } from './told.ts'

export const requirement: Requirement = {
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
  needs: [],
  judges: ['verified-after-cut-end'],
  twin: ['log-verified'],
  since: '2',
  ...told,
}
