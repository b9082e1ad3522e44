import type { Requirement } from '../requirement.ts'
import { told } from './told.ts'

export const requirement: Requirement = {
  id: 'CAP-03',
  family: 'CAP',
  level: 'MUST',
  profiles: ['capabilities'],
  clause: 'A page from elsewhere never counts as the app’s own.',
  threat: 'BYPASS',
  cwe: ['CWE-346'],
  maswe: ['MASWE-0033'],
  why: 'A page at `http://app.evil.example` is taken for the app, since only the first label of its host was looked at.',
  advice: 'Compare the whole origin: scheme, host and port.',
  sources: ['CVE-2026-42184', 'GHSA-7gmj-67g7-phm9'],
  needs: [],
  judges: ['asked-from-elsewhere'],
  twin: ['granted-call'],
  since: '2',
  ...told,
}
