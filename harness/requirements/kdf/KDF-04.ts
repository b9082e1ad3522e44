import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'KDF-04',
  family: 'KDF',
  level: 'MUST',
  profiles: ['pin'],
  clause:
    'A derivation from the PIN never costs less than at the set-up of the vault: not after a change of the PIN, a restart or an update.',
  threat: 'BYPASS',
  cwe: ['CWE-916'],
  maswe: ['MASWE-0014'],
  why: 'A release that unlocks faster has quietly made every vault that it touches cheaper to guess.',
  advice: 'Take the higher of what is stored and what is the default now, part by part; never go down on your own.',
  sources: ['chatml/chatml PR#165', 'tchapgouv/tchap-desktop PR#23', 'OWASP Password Storage Cheat Sheet'],
  needs: ['observed-kdf'],
  judges: ['derived-later'],
  twin: ['right-pin', 'acknowledged-write'],
  breach: ({ wrong }) => wrong,
}
