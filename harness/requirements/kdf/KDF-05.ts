import type { Code } from '../../contract/codes.ts'
import { mustOpen, wrongCode } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

const removedCodes: readonly Code[] = ['corrupt', 'rollback', 'wrong-format', 'missing']

export const requirement: Requirement = {
  id: 'KDF-05',
  family: 'KDF',
  level: 'MUST',
  profiles: ['pin'],
  clause:
    'A vault whose stored salt or header is missing or damaged says that it is damaged, makes no new one, and opens again once the file is back.',
  threat: 'LOSS',
  cwe: ['CWE-455', 'CWE-393'],
  why: 'The right PIN is called wrong, or the app starts over, and the backup that would have helped fits no longer.',
  advice: 'Make a salt only in set-up; when opening, a missing one is `corrupt`.',
  sources: ['decentpaste vault/manager.rs get_or_create_salt'],
  needs: ['reachable-files'],
  judges: ['opened-after-damage', 'opened-after-repair'],
  twin: ['acknowledged-write', 'right-pin'],
  breach: (occurrence) => {
    if (occurrence.situation === 'opened-after-repair') return mustOpen(occurrence)
    return occurrence.call?.tampering === 'remove' ? wrongCode(occurrence, removedCodes) : null
  },
  witnesses: ({ situation, call }) => situation === 'opened-after-repair' || call?.tampering === 'remove',
}
