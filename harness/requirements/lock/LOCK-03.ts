import { failedBy, onlyOn, prompted, unexplained } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'LOCK-03',
  family: 'LOCK',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  platforms: ['ios'],
  clause: 'On iOS a lockout never crashes the app, hangs it or ends without a code, and the passcode ends it.',
  threat: 'HANG',
  cwe: ['CWE-248', 'CWE-393'],
  why: 'The fifth wrong finger closes the app, and with it what was being written.',
  advice: 'Treat an error of a lockout like any other answer, on every path that shows a prompt.',
  sources: ['flutter/plugins PR#2441', 'flutter/plugins PR#2760'],
  needs: ['scripted-person'],
  judges: ['read-while-locked-out-for-good', 'exhausted-prompt', 'read-after-lockout'],
  twin: ['acknowledged-write', 'gated'],
  exempts: onlyOn('ios', 'a rule for iOS; Android is judged by LOCK-01 and LOCK-02'),
  // What is given without asking anybody says nothing of a lockout.
  witnesses: (occurrence) => failedBy(occurrence) || prompted(occurrence),
  breach: (occurrence) => {
    const { call, situation } = occurrence
    if (situation === 'read-after-lockout') return unexplained(occurrence)
    return failedBy(occurrence, 'internal') || call?.outcome.is === 'info' ? unexplained(occurrence) : null
  },
}
