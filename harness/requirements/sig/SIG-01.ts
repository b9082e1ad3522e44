import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'SIG-01',
  family: 'SIG',
  level: 'MUST',
  profiles: ['signing'],
  clause: 'A signing key cannot be taken out, and each signature asks the person as the vault says.',
  threat: 'BYPASS',
  cwe: ['CWE-522', 'CWE-306'],
  maswe: ['MASWE-0016', 'MASWE-0003'],
  why: 'A copy of the key signs payments on another machine; or one touch signs a hundred.',
  advice: 'Make the key in hardware, not exportable, bound to an authentication for each use.',
  sources: ['Android: Keystore', 'Apple: Protecting keys with the Secure Enclave'],
  excluded:
    'The contract has no profile `signing` yet: no operation makes a signing key, signs, or gives a public key. That a key cannot leave its hardware only a real phone shows: the simulated ones keep keys in memory. How often the person is asked is judged for reads by LOCK-06.',
}
