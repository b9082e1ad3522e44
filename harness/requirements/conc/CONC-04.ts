import { lostWrite } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'CONC-04',
  family: 'CONC',
  level: 'MUST',
  profiles: ['store'],
  clause:
    'Writes that overlap all take effect once they are acknowledged: each entry holds what some order of them leaves.',
  threat: 'LOSS',
  cwe: ['CWE-413'],
  why: 'Of several secrets saved at once, as at a first sign-in, some are silently missing.',
  advice: 'Do not read, change and write back shared state without excluding others.',
  sources: ['juliansteenbakker/flutter_secure_storage#1124'],
  needs: [],
  judges: ['read-after-overlap'],
  twin: ['acknowledged-write'],
  breach: lostWrite,
}
