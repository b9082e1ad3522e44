import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'PST-13',
  family: 'PST',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause:
    'Each start of a vault looks in the same place: no entry is gone after one start and there again after another, with nothing else done.',
  threat: 'LOSS',
  cwe: ['CWE-758', 'CWE-694'],
  platforms: ['desktop'],
  why: 'About every eighth start the credentials are not there, the user signs in again, and has two sets of them.',
  advice: 'Choose the backend by a fixed order, keep what was chosen with the data, and go by that ever after.',
  sources: [
    '99designs/aws-vault#391',
    '99designs/aws-vault#355',
    '99designs/aws-vault#213',
    '99designs/aws-vault#336',
    '99designs/aws-vault#670',
  ],
  needs: ['process-death', 'keyring-present'],
  judges: ['read-after-several-starts'],
  twin: ['round-trip'],
  exempts: ({ durability, platform = 'desktop' }) => {
    if (platform !== 'desktop') return 'a rule for desktops, which have several places to keep a secret in'
    return durability === 'process' ? "the vault says that values live 'process'" : null
  },
  breach: ({ wrong }) => wrong,
}
