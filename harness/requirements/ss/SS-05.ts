import { mustOpen, wrongRead, wrongWrite } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'SS-05',
  family: 'SS',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause:
    'Where the keyring holds several items of the same attributes, the vault goes by the one changed last, or answers `ambiguous`; what was deleted is gone with all of them.',
  threat: 'LOSS',
  cwe: ['CWE-694', 'CWE-706'],
  platforms: ['desktop'],
  why: 'After a sync the old password is back, or the deleted token still signs in, now and then.',
  advice: 'Look at all that a search finds: take the one modified last, and delete every one.',
  sources: ['open-source-cooperative/keyring-rs#201', 'Secret Service 0.2: SearchItems, CreateItem'],
  needs: ['keyring-present', 'keyring-copies'],
  judges: ['read-beside-copies', 'write-beside-copies', 'opened-beside-copies', 'called-ambiguous'],
  twin: ['round-trip'],
  exempts: ({ keyring }) => (keyring === 'none' ? 'the vault uses no keyring' : null),
  // A write says nothing yet of which item it changed.
  witnesses: ({ situation }) => situation !== 'write-beside-copies',
  breach: (occurrence) => {
    if (occurrence.situation === 'called-ambiguous') return null
    if (occurrence.situation === 'opened-beside-copies') return mustOpen(occurrence)
    return wrongWrite(occurrence, []) ?? wrongRead(occurrence)
  },
}
