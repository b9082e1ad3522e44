import { failedBy, succeeded, unexplained } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'BOOT-02',
  family: 'BOOT',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['android', 'ios'],
  clause:
    'What is asked for before the first unlock is there after it: an empty answer from a closed phone never makes the vault delete or overwrite.',
  threat: 'LOSS',
  cwe: ['CWE-253'],
  why: 'The account file is deleted because its key could not be read for ten seconds.',
  advice: 'Delete nothing on the ground of a read that could not have succeeded.',
  sources: ['forcedotcom/SalesforceMobileSDK-iOS#3437', 'deltachat/deltachat-ios#1638'],
  needs: ['first-unlock'],
  judges: ['read-after-early-read'],
  twin: ['acknowledged-write'],
  witnesses: succeeded,
  // A vault that still says that the phone is locked is BOOT-05's to tell.
  breach: (occurrence) => (failedBy(occurrence, 'device-locked') ? null : unexplained(occurrence)),
}
