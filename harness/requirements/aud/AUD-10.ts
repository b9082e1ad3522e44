import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'AUD-10',
  family: 'AUD',
  level: 'MUST',
  profiles: ['signing'],
  clause:
    'A transaction that was signed offline is in the log exactly once, wherever its signature was cut short, and the log holds no secret.',
  threat: 'LOSS',
  cwe: ['CWE-694', 'CWE-532'],
  maswe: ['MASWE-0005', 'MASWE-0025'],
  why: 'The same payment is booked twice after a day without network, or the log that everybody may read holds the key.',
  advice: 'Name each transaction by an id of its own, keep how far each is in one place, and log ids alone.',
  sources: ['OWASP Logging Cheat Sheet'],
  needs: ['captured-output', 'searched-files'],
  judges: ['transactions-logged'],
  twin: ['transaction-signed'],
  since: '2',
  exempts: ({ operations }) => (operations.includes('entries') ? null : 'it gives no log of what it signed'),
  breach: ({ wrong }) => wrong,
}
