import { wrongRead } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ENC-06',
  family: 'ENC',
  level: 'MUST',
  profiles: ['store'],
  clause: 'A value with line ends harms no other entry, neither at once nor when the store is read anew.',
  threat: 'LOSS',
  cwe: ['CWE-144'],
  why: 'One private key in PEM is stored, and at the next start every secret of the collection is gone.',
  advice:
    'Keep values in a format that is not made of lines, or escape what ends one; try what you wrote before you replace the old.',
  sources: ['omacom/omarchy#5105', 'omacom/omarchy#11159', 'omacom/omarchy#12563'],
  needs: [],
  judges: ['read-beside-line-ends'],
  twin: ['acknowledged-write'],
  breach: wrongRead,
}
