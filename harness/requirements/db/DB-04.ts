import { tellOutcome } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'DB-04',
  family: 'DB',
  level: 'MUST',
  profiles: ['database'],
  clause: 'A database whose key is lost says so: an empty one never takes its place.',
  threat: 'LOSS',
  cwe: ['CWE-455', 'CWE-393'],
  why: 'The messenger starts with an empty list of chats, and the next backup replaces the good one.',
  advice: 'When the key does not open the file, stop: keep the file, and let a person decide.',
  sources: ['signalapp/Signal-Desktop#7005', 'signalapp/Signal-Desktop#2609', 'signalapp/Signal-Desktop#6970'],
  needs: ['keyring-wiped'],
  judges: ['database-without-key'],
  twin: ['acknowledged-write'],
  since: '2',
  breach: ({ call }) => {
    if (call === null) return null
    const { op, outcome } = call
    const denies = outcome.is === 'fail' && outcome.failure.code === 'not-set-up'
    if (outcome.is !== 'ok' && !denies) return null
    return {
      kind: denies ? 'denied' : op.op === 'setUp' ? 'made-anew' : 'opened-without-key',
      expected: 'a refusal that tells of the database: its key is gone, its file is not',
      seen: tellOutcome(outcome),
    }
  },
}
