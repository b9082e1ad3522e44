import { gaveSomething } from '../../judging/without-keyring.ts'
import { foundSecret, tellOutcome } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'CRY-07',
  family: 'CRY',
  level: 'MUST',
  profiles: ['slot', 'store'],
  platforms: ['desktop'],
  clause:
    'Where there is no keyring, a vault that keeps its secrets or its key there refuses: it falls back to nothing that opens without one.',
  threat: 'LEAK',
  cwe: ['CWE-636', 'CWE-313'],
  why: 'On a machine whose keyring did not start, every secret lies in a file that anybody can read, and nobody was told.',
  advice:
    'Answer `unavailable`; let a person who wants another store choose it, by name, and say what it protects against.',
  sources: [
    'jaraco/keyring#117',
    'jaraco/keyring#370',
    'jaraco/keyrings.alt#25',
    'r-lib/keyring#47',
    'signalapp/Signal-Desktop#6944',
  ],
  needs: ['keyring-absent', 'process-death'],
  judges: ['read-without-keyring', 'write-without-store'],
  twin: ['acknowledged-write'],
  exempts: ({ keyring }) => (keyring === 'none' ? 'the vault uses no keyring' : null),
  witnesses: ({ call }) => call?.outcome.is === 'fail',
  breach: (occurrence) => {
    if (occurrence.situation === 'write-without-store') {
      const found = foundSecret(occurrence, occurrence.seen?.probe === 'leak' ? occurrence.seen.where : '')
      return found === null ? null : { ...found, kind: 'kept-in-clear' }
    }
    const { call } = occurrence
    if (call === null || !gaveSomething(call.outcome)) return null
    return {
      kind: call.op.op === 'unlock' ? 'opened' : 'given',
      expected: "'unavailable'",
      seen: `${tellOutcome(call.outcome)}, by a process that never saw a keyring`,
    }
  },
}
