import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'SIG-03',
  family: 'SIG',
  level: 'MUST',
  profiles: ['signing'],
  clause:
    'Signatures made before stay verifiable after the key was replaced or invalidated, and what was changed never verifies.',
  threat: 'LOSS',
  cwe: ['CWE-440', 'CWE-347'],
  maswe: ['MASWE-0015'],
  why: 'A new finger ends the key, and with it the proof of every transaction of the last year.',
  advice: 'Keep each public key with the time in which it was valid; an invalidation ends the private half alone.',
  sources: ['Choochmeque/tauri-plugin-biometry', 'NIST SP 800-57 Part 1'],
  needs: [],
  judges: ['signature-verified', 'verified-after-key-change', 'public-keys-told', 'signature-altered'],
  // A vault that believes everything proves nothing.
  twin: ['altered-refused'],
  since: '2',
  witnesses: ({ situation }) => situation === 'verified-after-key-change' || situation === 'public-keys-told',
  breach: ({ wrong }) => wrong,
}
