import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'CRY-06',
  family: 'CRY',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['windows'],
  clause: 'A key that is made from a signature of the platform is the same each time, after updates too.',
  threat: 'LOSS',
  cwe: ['CWE-758'],
  why: 'The system signs in another way after an update, and the key of the vault cannot be made again.',
  advice: 'Seal a random key under the platform’s key in place of deriving one from a signature.',
  sources: ['keepassxreboot/keepassxc PR#7384'],
  excluded:
    'Needs Windows Hello on a TPM, before and after an update: nothing here runs Windows. A signer of our own would be as steady as we make it.',
}
