import type { Requirement } from '../requirement.ts'
import { told } from './told.ts'

export const requirement: Requirement = {
  id: 'AUD-01',
  family: 'AUD',
  level: 'MUST',
  profiles: ['audit'],
  clause: 'An entry that was edited, inserted, moved or taken out of the middle is detected.',
  threat: 'BYPASS',
  cwe: ['CWE-353'],
  why: 'Who may write the log makes one payment vanish from it, and the auditor sees a clean page.',
  advice: 'Chain each entry to the one before it by a hash, under a key that the log does not hold.',
  sources: ['RFC 9162', 'C2SP tlog-checkpoint'],
  needs: [],
  judges: ['verified-after-change'],
  twin: ['log-verified'],
  since: '2',
  ...told,
}
