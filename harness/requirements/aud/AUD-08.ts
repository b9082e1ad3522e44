import type { Requirement } from '../requirement.ts'
import { told } from './told.ts'

export const requirement: Requirement = {
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
  needs: [],
  judges: ['verified-against-witness'],
  twin: ['log-verified'],
  since: '2',
  exempts: ({ operations }) => (operations.includes('checkpoint') ? null : "the vault has no 'checkpoint'"),
  ...told,
}
