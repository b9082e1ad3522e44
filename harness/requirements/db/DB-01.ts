import type { Code } from '../../contract/codes.ts'
import { mustNotOpen, wrongCode } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

/** What is said of a file that is not as it was written, or of a format that this build does not read. */
const damage: readonly Code[] = ['corrupt', 'rollback', 'wrong-format', 'missing']
const format: readonly Code[] = ['wrong-format', 'outdated']

export const requirement: Requirement = {
  id: 'DB-01',
  family: 'DB',
  level: 'MUST',
  profiles: ['database'],
  clause: 'A wrong key, a damaged file and a file of another format are told apart.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-393'],
  why: 'The app says "wrong password" of a damaged file, or takes an old format for damage and starts anew.',
  advice:
    'Keep a check of the key beside the database, ask it before you blame the file, and give each a code of its own.',
  sources: ['sqlcipher/sqlcipher#437', 'sqlcipher/android-database-sqlcipher#247'],
  needs: [],
  judges: ['opened-by-other-key', 'opened-after-damage', 'stepped-back'],
  twin: ['acknowledged-write'],
  since: '2',
  breach: (occurrence) => {
    const { situation, call } = occurrence
    if (situation === 'opened-by-other-key') return mustNotOpen(occurrence, ['wrong-key'])
    if (situation === 'stepped-back') return call?.op.op === 'unlock' ? wrongCode(occurrence, format) : null
    return wrongCode(occurrence, damage)
  },
  witnesses: ({ call }) => call?.outcome.is === 'fail',
}
