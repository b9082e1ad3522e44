import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
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
  advice:
    'Give each transaction an id of its own, keep the ids that were signed for good, and have the receiver keep those it accepted.',
  sources: ['OWASP Transaction Authorization Cheat Sheet'],
  needs: [],
  judges: ['transaction-signed', 'signed-again', 'accepted-again'],
  twin: ['transaction-signed'],
  since: '2',
  witnesses: ({ situation }) => situation !== 'transaction-signed',
  breach: ({ wrong }) => wrong,
}
