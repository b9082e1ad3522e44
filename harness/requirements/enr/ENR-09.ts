import { succeeded, unexplained } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ENR-09',
  family: 'ENR',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['android', 'ios'],
  clause:
    'A screen lock that is changed by who knows it takes nothing, and one that is removed takes nothing that asks nobody.',
  threat: 'LOSS',
  cwe: ['CWE-440'],
  why: 'Turning the PIN off for a repair wipes the settings of an app that never asked for it.',
  advice: 'Use a key without authentication, and not `setUnlockedDeviceRequired`, for what may be read without asking.',
  sources: ['RedMadRobot/PINkman#25', 'Musheer360/SwiftSlate#168', 'AOSP system/security 6946daa'],
  needs: [],
  judges: ['unbound-read-after-lock-change', 'read-after-proven-lock-change'],
  twin: ['acknowledged-write'],
  witnesses: succeeded,
  breach: (occurrence) => unexplained(occurrence),
}
