import { damageCodes } from '../../judging/changed-byte.ts'
import { damagedRead } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'CRY-03',
  family: 'CRY',
  level: 'MUST',
  profiles: ['lifecycle'],
  clause: 'An older copy of the vault’s files is told from the newest: no read gives an older value.',
  threat: 'BYPASS',
  cwe: ['CWE-353', 'CWE-642'],
  maswe: ['MASWE-0009'],
  why: 'Who can write the files brings back a password that was changed because it was stolen.',
  advice: 'Keep a generation or digest outside the files (keyring, hardware) and compare it when you open.',
  sources: ['bytepunx/signet#75', 'librefang/librefang#3788'],
  needs: ['reachable-files'],
  judges: ['opened-after-older-copy', 'read-after-older-copy'],
  twin: ['acknowledged-write'],
  // Opening may succeed, where each read is refused instead.
  breach: (occurrence) =>
    occurrence.situation === 'read-after-older-copy' ? damagedRead(occurrence, ['corrupt', 'rollback']) : null,
  witnesses: ({ call }) => call?.outcome.is === 'fail' && damageCodes.has(call.outcome.failure.code),
}
