import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'PST-10',
  family: 'PST',
  level: 'MUST',
  profiles: ['store'],
  platforms: ['linux'],
  clause:
    'A keyring whose format was migrated can be taken back, or the older software refuses it: the two never go on apart.',
  threat: 'LOSS',
  cwe: ['CWE-1250'],
  why: 'After a rollback of the system half of the passwords are in one file and half in another.',
  advice:
    'Change the format in one step, leave a mark that older software understands, and never keep both files alive.',
  sources: ['projectbluefin/dakota#1446', 'linux-credentials/oo7#507'],
  excluded:
    'It is about the service that keeps the keyring, not about vaults: it takes two versions of such a service in turn over one home folder, and a vault’s author can mend nothing of it. `linux-container` has one version of one service.',
}
