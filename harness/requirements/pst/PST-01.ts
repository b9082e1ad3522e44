import { wrongRead } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'PST-01',
  family: 'PST',
  level: 'MUST',
  profiles: ['slot', 'store'],
  platforms: ['desktop'],
  clause:
    'A value that the vault calls durable is there after the machine or the keyring restarts, and after the keyring was locked and unlocked.',
  threat: 'LOSS',
  cwe: ['CWE-1068'],
  why: 'The user reboots and every secret is gone.',
  advice:
    "Keep secrets in a store on disk (the Secret Service's default collection, not the kernel keyring), or say that you do not.",
  sources: ['open-source-cooperative/keyring-rs#137', 'atom/node-keytar#7', 'man 7 persistent-keyring'],
  needs: ['keyring-present'],
  judges: ['read-after-restart'],
  twin: ['acknowledged-write'],
  exempts: ({ durability, platform = 'desktop' }) => {
    if (platform !== 'desktop') return 'a rule for desktops; a restart of a phone is judged by BOOT-05'
    return durability === 'durable' ? null : `the vault says that values live '${durability}'`
  },
  breach: wrongRead,
}
