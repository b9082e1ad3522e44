import { wrongRead, wrongWrite } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ENC-08',
  family: 'ENC',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause: 'An empty value is told apart from no value, or is refused with `invalid-argument` or `bad-encoding`.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-372'],
  why: 'An app takes "nothing stored" for a first start and sets up anew over what the user had.',
  advice: 'Answer an absent entry by its own code, never by an empty or null value.',
  sources: ['jaraco/keyring#159', 'linux-credentials/oo7#359'],
  needs: [],
  judges: ['empty-value'],
  twin: ['absent-read'],
  breach: (occurrence) => wrongWrite(occurrence, ['bad-encoding', 'invalid-argument']) ?? wrongRead(occurrence),
}
