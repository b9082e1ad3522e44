import { worked, wronglyRefused } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'SS-06',
  family: 'SS',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause:
    'After the keyring was restarted, or locked and unlocked, while the app runs, the next call works as the one before.',
  threat: 'LOSS',
  cwe: ['CWE-672', 'CWE-754'],
  platforms: ['desktop'],
  why: 'The screen was locked over lunch, or the keyring was updated, and every call fails until the app is started anew.',
  advice:
    'Hold no session, collection or item of the keyring for good: on its failure open a new one, and try again once.',
  sources: ['keepassxreboot/keepassxc#4004', 'Secret Service 0.2: Sessions'],
  needs: ['keyring-locks', 'keyring-restart'],
  judges: ['call-after-keyring-return'],
  twin: ['round-trip'],
  exempts: ({ keyring }) => (keyring === 'none' ? 'the vault uses no keyring' : null),
  witnesses: worked,
  breach: wronglyRefused,
}
