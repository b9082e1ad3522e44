import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'WAN-01',
  family: 'WAN',
  level: 'MUST',
  profiles: ['passkey'],
  clause: 'A passkey whose counter stays at zero is accepted.',
  threat: 'LOSS',
  cwe: ['CWE-440'],
  why: 'Who uses a synced passkey cannot sign in at all.',
  advice: 'Compare counters only where one of them is not zero.',
  sources: ['ritou/web_authn_lite#10', 'exactly/exa#1037', 'w3c/webauthn#539', 'W3C WebAuthn Level 3'],
  excluded:
    'The contract has no profile `passkey` yet: no operation registers a passkey or asks for one, and no device here is a browser. A browser’s virtual authenticator can hold its counter at zero: it takes that device.',
}
