import { failedBy, unexplained } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'LOCK-02',
  family: 'LOCK',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  platforms: ['android', 'ios'],
  clause: 'A lockout that only the screen lock ends is told apart from one that passes: `locked-out-permanent`.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-393'],
  why: 'The app says "try again in 30 seconds" all day.',
  advice: 'Give each of the two errors a code of its own, and offer the device credential for the second.',
  sources: ['flutter/plugins PR#1659', 'tauri-apps/plugins-workspace biometric: error map'],
  needs: ['scripted-person'],
  judges: ['read-while-locked-out-for-good'],
  twin: ['acknowledged-write', 'gated'],
  witnesses: (occurrence) => failedBy(occurrence, 'locked-out-permanent'),
  breach: (occurrence) =>
    // On iOS a crash, or an answer without a code, is LOCK-03's to tell.
    occurrence.call?.phone?.platform === 'ios' &&
    (failedBy(occurrence, 'internal') || occurrence.call.outcome.is === 'info')
      ? null
      : unexplained(occurrence),
}
