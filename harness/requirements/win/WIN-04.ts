import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'WIN-04',
  family: 'WIN',
  level: 'MUST',
  profiles: ['slot', 'store'],
  platforms: ['windows'],
  clause: 'What another user of the machine sealed is told as such, not as damage.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-393'],
  why: 'A copied profile folder looks like a corrupt one, and the app wipes it.',
  advice: 'Tell the system’s error for a foreign key apart from a failed check of the data.',
  sources: ['electron/electron#32598'],
  excluded:
    'Needs Windows with two accounts on one machine, since the system binds the seal to the account that made it: nothing here runs Windows. Data that came without its key is judged on phones by BKP-01.',
}
