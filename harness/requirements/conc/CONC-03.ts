import { wrongRead } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'CONC-03',
  family: 'CONC',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause: 'A read during a write sees the old value or the new one, never nothing.',
  threat: 'LOSS',
  cwe: ['CWE-820'],
  why: 'An app that looks while a token is refreshed believes that the user is signed out.',
  advice: 'Replace in one step (rename, update in place, a transaction); never delete and then add.',
  sources: ['juliansteenbakker/flutter_secure_storage#592', 'juliansteenbakker/flutter_secure_storage#716'],
  needs: [],
  judges: ['read-during-write'],
  twin: ['acknowledged-write'],
  // An answer for another call is CONC-02's to tell, and so is a refusal.
  breach: (occurrence) =>
    occurrence.call?.deviation === 'foreign' || occurrence.call?.deviation === 'refused' ? null : wrongRead(occurrence),
}
