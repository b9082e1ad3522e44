import { failedBy, onlyOn, unexplained } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'BOOT-03',
  family: 'BOOT',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['android'],
  clause:
    'On Android, before the first unlock, an entry in the closed storage is `device-locked`, never absent or a crash.',
  threat: 'LOSS',
  cwe: ['CWE-393', 'CWE-248'],
  why: 'A service that starts with the phone finds no token, and signs the user out.',
  advice: 'Ask `UserManager.isUserUnlocked` before you touch ordinary storage.',
  sources: ['juliansteenbakker/flutter_secure_storage#457', 'Android: direct boot'],
  needs: ['first-unlock'],
  judges: ['read-before-first-unlock'],
  twin: ['acknowledged-write'],
  exempts: onlyOn('android', 'a rule for Android; iOS is judged by BOOT-01'),
  witnesses: (occurrence) => failedBy(occurrence, 'device-locked'),
  breach: (occurrence) => unexplained(occurrence),
}
