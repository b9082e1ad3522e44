import type { Requirement } from '../requirement.ts'
import { told } from './told.ts'

export const requirement: Requirement = {
  id: 'AUD-09',
  family: 'AUD',
  level: 'MUST',
  profiles: ['audit'],
  clause: 'No two different entries have the same bytes where they are hashed.',
  threat: 'BYPASS',
  cwe: ['CWE-354'],
  why: 'An entry reads one way to the signer and another way to the auditor.',
  advice: 'Hash one canonical form: fixed order, explicit lengths, no free text between fields.',
  sources: ['RFC 8785'],
  needs: [],
  judges: ['verified-after-look-alike'],
  twin: ['log-verified'],
  since: '2',
  ...told,
}
