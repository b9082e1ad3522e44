import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'WAN-02',
  family: 'WAN',
  level: 'MUST',
  profiles: ['passkey'],
  clause: 'A counter that does not grow is flagged, and so is one that falls to zero.',
  threat: 'BYPASS',
  cwe: ['CWE-294'],
  why: 'A copied authenticator signs in beside the real one, and nobody is told.',
  advice: 'Store the counter with each sign-in, and flag every one that is not larger, zero included.',
  sources: ['duo-labs/webauthn#64', 'guardian/janus-app#691', 'usememos/memos PR#5864', 'w3c/webauthn#1734'],
  excluded:
    'The contract has no profile `passkey` yet: no operation registers a passkey or asks for one, and no device here is a browser. It takes an authenticator whose counter a program sets back.',
}
