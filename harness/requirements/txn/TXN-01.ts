import { wrongRead } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'TXN-01',
  family: 'TXN',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause: 'A write that is killed at any point leaves the old value or the new one.',
  threat: 'LOSS',
  cwe: ['CWE-696'],
  why: 'The battery dies during a token refresh, and the user is signed out for good.',
  advice: 'Write the new beside the old and put it in place in one step; never delete first.',
  sources: ['beemdevelopment/Aegis PR#306', 'iotaledger/stronghold.rs#68'],
  needs: ['process-death'],
  judges: ['read-after-crash'],
  twin: ['acknowledged-write', 'round-trip'],
  breach: wrongRead,
}
