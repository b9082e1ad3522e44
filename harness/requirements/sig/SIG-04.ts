import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'SIG-04',
  family: 'SIG',
  level: 'MUST',
  profiles: ['signing'],
  clause:
    'Each transaction that was signed is handed over to its receiver, in order and until then kept, whatever ended the vault’s process; one that was not signed never is.',
  threat: 'LOSS',
  cwe: ['CWE-440'],
  why: 'The customer saw the payment go through, and the bank never hears of it.',
  advice:
    'Keep what is to be sent with the same write that makes it signed, and take it away once the receiver has it.',
  sources: ['microservices.io: Transactional outbox'],
  needs: ['process-death'],
  judges: ['handed-over'],
  twin: ['transaction-signed'],
  since: '2',
  breach: ({ wrong }) => wrong,
}
