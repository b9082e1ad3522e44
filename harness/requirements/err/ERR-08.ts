import { failedBy, succeeded, unexplained, withoutPolicy } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ERR-08',
  family: 'ERR',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  clause:
    'The same condition has the same code on every platform: without an enrolled finger or face, what needs one says `not-enrolled`.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-544'],
  why: 'The app tells iPhone owners to enrol a face, and Android owners that something went wrong.',
  advice: 'Write down one code for each condition, and map both platforms to it.',
  sources: ['aparajita/capacitor-biometric-auth PR#17', 'tauri-apps/plugins-workspace PR#2648'],
  needs: ['scripted-person'],
  judges: ['write-without-fingers', 'read-without-fingers'],
  twin: ['acknowledged-write', 'gated', 'write-without-fingers', 'read-without-fingers'],
  exempts: withoutPolicy('current-set', 'any-enrolled'),
  witnesses: (occurrence) => failedBy(occurrence, 'not-enrolled'),
  breach: (occurrence) => {
    // By PIN, where the policy allows it, is LOCK-04's to tell; what can be sealed without the person breaks nothing.
    if (occurrence.call?.phone?.policy === 'device-credential') return null
    if (occurrence.situation === 'write-without-fingers' && succeeded(occurrence)) return null
    return unexplained(occurrence)
  },
}
