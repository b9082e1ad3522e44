import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'WIN-01',
  family: 'WIN',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['windows'],
  clause:
    'A key of Windows Hello that is gone, by a new PIN, a policy or the TPM, is `key-invalidated`, and the vault can be set up again.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-393', 'CWE-672'],
  why: 'After the PIN of the machine was reset the app says "0x8009000D" for ever.',
  advice:
    'Take the numbers by which the system tells of a missing key for an invalidation, and make a new one at the next set-up.',
  sources: ['sirAndros/KeePassWinHello#60', 'sirAndros/KeePassWinHello#121', 'sirAndros/KeePassWinHello#125'],
  excluded:
    'Needs Windows with a TPM and a person enrolled in Hello: nothing here runs Windows. Its numbers are known from reports alone, and a Hello that we simulate by them would prove our reading of the reports, not the vault.',
}
