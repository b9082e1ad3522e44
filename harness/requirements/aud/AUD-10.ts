import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'AUD-10',
  family: 'AUD',
  level: 'MUST',
  profiles: ['audit'],
  clause:
    'A transaction that was signed offline is in the log exactly once after it was sent, and the log holds no secret.',
  threat: 'LOSS',
  cwe: ['CWE-694', 'CWE-532'],
  maswe: ['MASWE-0005', 'MASWE-0025'],
  why: 'The same payment is booked twice after a day without network, or the log that everybody may read holds the key.',
  advice: 'Name each transaction by an id of its own, append before you send, and log ids alone.',
  sources: ['OWASP Logging Cheat Sheet'],
  excluded:
    'The contract has the profile `audit`, and no profile `signing` yet: no operation signs a transaction that could be in the log once or twice. It takes that profile; the reference’s own tests cut a signature short at every effect and count its entries. That logs hold no secret is judged by LOG-01 for what a vault writes today.',
}
