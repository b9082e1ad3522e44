import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'CRY-04',
  family: 'CRY',
  level: 'MUST',
  profiles: ['lifecycle'],
  clause: 'No byte of what is stored can be changed unnoticed.',
  threat: 'BYPASS',
  cwe: ['CWE-353', 'CWE-757'],
  maswe: ['MASWE-0009'],
  why: 'Who can write the files weakens the key derivation or the format, and nobody sees it.',
  advice: 'Authenticate the whole header and all entries with a key that the file does not hold.',
  sources: ['librefang/librefang#3788', 'C2SP age: header MAC'],
  needs: ['reachable-files'],
  judges: ['changed-byte'],
  twin: ['acknowledged-write'],
  breach: ({ wrong }) => wrong,
}
