import type { Occurrence } from '../../judging/call-fact.ts'
import { failedBy, succeeded, unexplained } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

const asksPin = ({ call }: Occurrence): boolean => call?.phone?.policy === 'device-credential'

/** Storing what nobody can read yet breaks nothing. */
const unexplainedOrWritten = (occurrence: Occurrence) =>
  occurrence.call?.op.op === 'put' && succeeded(occurrence) ? null : unexplained(occurrence)

export const requirement: Requirement = {
  id: 'LOCK-04',
  family: 'LOCK',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  platforms: ['android', 'ios'],
  clause:
    'Where the screen lock is allowed in place of a finger, it opens while no finger is enrolled; where there is no screen lock, that is what is said.',
  threat: 'LOSS',
  cwe: ['CWE-393', 'CWE-440'],
  why: 'The owner of a phone without a sensor cannot open what the app promised to open by PIN.',
  advice:
    'Allow the device credential in the key and in the prompt alike, and map the error of a missing lock to `no-screen-lock`.',
  sources: ['tauri-apps/plugins-workspace#2632', 'tauri-apps/plugins-workspace PR#2648'],
  needs: ['scripted-person'],
  judges: ['read-without-fingers', 'write-without-fingers', 'read-without-lock'],
  twin: ['acknowledged-write', 'gated', 'read-without-lock'],
  witnesses: (occurrence) =>
    occurrence.situation === 'read-without-lock' ? failedBy(occurrence) : succeeded(occurrence) && asksPin(occurrence),
  breach: (occurrence) =>
    occurrence.situation !== 'read-without-lock' && occurrence.call?.phone?.policy !== 'device-credential'
      ? null
      : unexplainedOrWritten(occurrence),
}
