import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'WAN-04',
  family: 'WAN',
  level: 'MUST',
  profiles: ['passkey'],
  clause: 'Where the person must be verified, the flag in the signed answer decides, not what was asked for.',
  threat: 'BYPASS',
  cwe: ['CWE-807', 'CWE-304'],
  why: 'Who finds the key in a drawer signs in without a PIN.',
  advice: 'Read the flag from the authenticator’s data after its signature was checked.',
  sources: ['W3C WebAuthn Level 3'],
  excluded:
    'The contract has no profile `passkey` yet: no operation registers a passkey or asks for one, and no device here is a browser. It takes an authenticator that answers without verifying the person.',
}
