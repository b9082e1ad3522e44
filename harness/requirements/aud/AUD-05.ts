import type { Requirement } from '../requirement.ts'
import { told } from './told.ts'

export const requirement: Requirement = {
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
  needs: [],
  judges: ['verified-after-cut-start'],
  twin: ['log-verified'],
  since: '2',
  ...told,
}
