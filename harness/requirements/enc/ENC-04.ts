import { wrongRead, wrongWrite } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ENC-04',
  family: 'ENC',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause:
    'Line ends, outer blanks, characters beyond ASCII, and bytes where the vault takes bytes come back unchanged.',
  threat: 'LOSS',
  cwe: ['CWE-838', 'CWE-176'],
  why: 'A key or password comes back different by one character, and nothing that it protects opens again.',
  advice:
    'Never trim, normalise or decode a value; hand your backend bytes, or encode them yourself in one reversible way.',
  sources: ['zalando/go-keyring#35', 'open-source-cooperative/keyring-rs PR#6'],
  needs: [],
  judges: ['marked-text'],
  twin: ['acknowledged-write'],
  breach: (occurrence) => wrongWrite(occurrence, []) ?? wrongRead(occurrence),
}
