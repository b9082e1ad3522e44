import type { Occurrence } from '../../judging/call-fact.ts'
import { lostWrite } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ERR-07',
  family: 'ERR',
  level: 'MUST',
  profiles: ['slot', 'store'],
  platforms: ['desktop'],
  clause:
    'A write that did nothing is never acknowledged: what was acknowledged without a keyring is there when the keyring is back.',
  threat: 'LOSS',
  cwe: ['CWE-392', 'CWE-252'],
  why: 'The app shows "saved" on a machine where nothing can be saved.',
  advice: 'Answer success only from the backend’s own acknowledgement.',
  sources: ['jaraco/keyring#541', 'jaraco/keyring#690'],
  needs: ['keyring-present'],
  judges: ['read-after-write-without-store', 'write-without-store'],
  twin: ['acknowledged-write', 'round-trip'],
  exempts: ({ keyring }) => (keyring === 'none' ? 'the vault uses no keyring' : null),
  // The write itself breaks nothing yet; that it is refused, or still there later, is the evidence.
  witnesses: ({ situation, call }: Occurrence) => situation !== 'write-without-store' || call?.outcome.is === 'fail',
  breach: (occurrence) => (occurrence.situation === 'write-without-store' ? null : lostWrite(occurrence)),
}
