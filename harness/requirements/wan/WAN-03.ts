import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'WAN-03',
  family: 'WAN',
  level: 'MUST',
  profiles: ['passkey'],
  clause: 'Whether a passkey may be backed up never changes, and one that may not be is never told as backed up.',
  threat: 'BYPASS',
  cwe: ['CWE-304'],
  why: 'A key that was to stay in one device turns up on another.',
  advice: 'Keep both flags of the registration, and refuse an answer that contradicts them.',
  sources: ['W3C WebAuthn Level 3'],
  excluded:
    'The contract has no profile `passkey` yet: no operation registers a passkey or asks for one, and no device here is a browser. It takes an authenticator whose flags a program chooses.',
}
