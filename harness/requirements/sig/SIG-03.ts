import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'SIG-03',
  family: 'SIG',
  level: 'MUST',
  profiles: ['signing'],
  clause: 'Signatures made before stay verifiable after the key was replaced or invalidated.',
  threat: 'LOSS',
  cwe: ['CWE-440'],
  maswe: ['MASWE-0015'],
  why: 'A new finger ends the key, and with it the proof of every transaction of the last year.',
  advice: 'Keep each public key with the time in which it was valid; an invalidation ends the private half alone.',
  sources: ['Choochmeque/tauri-plugin-biometry', 'NIST SP 800-57 Part 1'],
  excluded:
    'The contract has no profile `signing` yet: no operation makes a signing key, signs, or gives a public key. The invalidation is there (`enrol`); it takes the profile to have something signed before it.',
}
