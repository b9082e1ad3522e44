import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'WAN-05',
  family: 'WAN',
  level: 'MUST',
  profiles: ['passkey'],
  clause: 'The same passkey and the same input give the same secret: at registration and later, in every browser.',
  threat: 'LOSS',
  cwe: ['CWE-758'],
  why: 'The vault that was made in one browser does not open in another, and its key is gone for good.',
  advice: 'Test the output once before you seal anything with it, and keep another way to open.',
  sources: ['WebKit/WebKit PR#53734', 'bitwarden/clients#19858', 'w3c/webauthn#1857', 'w3c/webauthn#2285'],
  excluded:
    'The contract has no profile `passkey` yet: no operation registers a passkey or asks for one, and no device here is a browser. Across browsers it takes those browsers with real authenticators: a virtual one agrees with itself.',
}
