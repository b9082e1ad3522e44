import { mustOpen } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'KDF-02',
  family: 'KDF',
  level: 'MUST',
  profiles: ['pin'],
  clause:
    'A newer release of the app opens a vault with the algorithm, the parameters and the salt that the vault was made with, whatever its own defaults are.',
  threat: 'LOSS',
  cwe: ['CWE-440'],
  maswe: ['MASWE-0014'],
  platforms: ['desktop'],
  why: 'An update raises the cost of a guess, and the right PIN of every older vault is called wrong.',
  advice:
    'Keep algorithm, parameters and salt beside what they protect, under its authentication, and derive by those.',
  sources: [
    'forcedotcom/SalesforceMobileSDK-iOS PR#2752',
    'forcedotcom/SalesforceMobileSDK-Android PR#1943',
    'chatml/chatml PR#28',
    'decentpaste vault: Argon2 costs as constants of the build',
  ],
  needs: ['app-updates'],
  judges: ['opened-after-app-update'],
  twin: ['round-trip'],
  breach: mustOpen,
}
