import { damagedRead, wrongCode } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ERR-05',
  family: 'ERR',
  level: 'MUST',
  profiles: ['lifecycle'],
  clause:
    'Damage is told as `corrupt`, `rollback` or `wrong-format`: never as a wrong PIN, an absent entry or another value.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-393'],
  why: 'The owner types the right PIN until the vault locks out, instead of restoring a backup.',
  advice: 'Check what is stored by a tag of its own before you try the PIN on it.',
  sources: ['decentpaste vault/storage.rs read_vault', 'sqlcipher/sqlcipher#437'],
  needs: ['reachable-files'],
  judges: ['opened-after-damage', 'read-after-damage'],
  twin: ['acknowledged-write'],
  breach: (occurrence) => {
    const { call, situation } = occurrence
    if (call === null || call.tampering === 'remove' || call.tampering === 'swap') return null
    if (situation === 'read-after-damage') return damagedRead(occurrence)
    return wrongCode(occurrence, ['corrupt', 'rollback', 'wrong-format'])
  },
  witnesses: ({ call }) => call?.outcome.is === 'fail' && call.tampering !== 'remove' && call.tampering !== 'swap',
}
