import type { Requirement } from '../requirement.ts'
import { told } from './told.ts'

export const requirement: Requirement = {
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
  needs: [],
  judges: ['verified-after-rewrite'],
  twin: ['log-verified'],
  since: '2',
  ...told,
}
