import { mustNotOpen } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'KDF-09',
  family: 'KDF',
  level: 'MUST',
  profiles: ['pin'],
  clause: 'A vault with keyring and PIN opens with both and with neither alone.',
  threat: 'BYPASS',
  cwe: ['CWE-308', 'CWE-654'],
  maswe: ['MASWE-0014'],
  why: 'Whoever has the unlocked session, or only the PIN, has the secrets.',
  advice: 'Derive the key that wraps the vault key from both, in one step.',
  sources: ['decentpaste: 2FA mode'],
  needs: ['keyring-present', 'keyring-wiped'],
  judges: ['without-pin', 'without-keyring'],
  twin: ['acknowledged-write', 'right-pin'],
  breach: (occurrence) => mustNotOpen(occurrence, null),
}
