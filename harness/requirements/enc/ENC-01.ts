import type { Occurrence } from '../../judging/call-fact.ts'
import { isPart, wrongLimit, wrongRead } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

/** What is cut is ENC-03's to tell, in which unit the limit is counted ENC-02's, and other characters than ASCII ENC-04's. */
const isElsewhere = (occurrence: Occurrence): boolean =>
  isPart(occurrence) ||
  (occurrence.situation === 'wide-value' &&
    (occurrence.call?.op.op === 'put' || occurrence.call?.deviation === 'altered'))

export const requirement: Requirement = {
  id: 'ENC-01',
  family: 'ENC',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause: 'A value over the limit is refused with `too-large` and the old value stays; any other comes back whole.',
  threat: 'LOSS',
  cwe: ['CWE-1284', 'CWE-392'],
  why: 'A token that grew past the limit is cut or lost, and the user is signed out for good.',
  advice:
    'Check the size in the unit of your backend before you touch the old value, and name the limit in the failure.',
  sources: ['expo/expo#1765', 'jaraco/keyring#355', 'CREDENTIALW: CRED_MAX_CREDENTIAL_BLOB_SIZE'],
  needs: [],
  judges: ['large-value', 'wide-value'],
  twin: ['acknowledged-write'],
  breach: (occurrence, description) =>
    isElsewhere(occurrence) ? null : (wrongLimit(occurrence, description) ?? wrongRead(occurrence)),
}
