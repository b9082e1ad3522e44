import { failedBy, succeeded, unexplained } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'BOOT-05',
  family: 'BOOT',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['android', 'ios'],
  clause: 'The first read after a restart and an unlock succeeds.',
  threat: 'LOSS',
  cwe: ['CWE-455'],
  why: 'After each restart the first sign-in fails and the second works.',
  advice: 'Open stores when they are needed, not when the process starts, and keep no failure of the start.',
  sources: ['juliansteenbakker/flutter_secure_storage#457', 'lionheart/openradar-mirror#13474'],
  needs: ['first-unlock'],
  judges: ['read-after-first-unlock', 'read-after-early-read', 'read-after-early-start'],
  twin: ['acknowledged-write'],
  witnesses: succeeded,
  // What is lost after something was done too early is told by BOOT-02 and PST-05.
  breach: (occurrence) =>
    occurrence.situation === 'read-after-first-unlock' || failedBy(occurrence, 'device-locked')
      ? unexplained(occurrence)
      : null,
}
