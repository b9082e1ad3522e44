import type { Requirement } from '../requirement.ts'
import { told } from './told.ts'

export const requirement: Requirement = {
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
  needs: [],
  judges: ['verified-after-removal'],
  twin: ['log-verified'],
  since: '2',
  ...told,
}
