import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'SIG-02',
  family: 'SIG',
  level: 'MUST',
  profiles: ['signing'],
  clause:
    'A transaction that is signed twice offline is noticed, and one that is sent twice is refused the second time.',
  threat: 'BYPASS',
  cwe: ['CWE-294'],
  maswe: ['MASWE-0009'],
  why: 'A payment that was approved once is collected twice when the phone is back in reach.',
  advice: 'Put a number that is used once into what is signed, and keep the used ones until they were sent.',
  sources: ['OWASP Transaction Authorization Cheat Sheet'],
  excluded:
    'The contract has no profile `signing` yet: no operation makes a signing key, signs, or gives a public key. It also takes somebody who receives transactions and can refuse one, which no device has.',
}
