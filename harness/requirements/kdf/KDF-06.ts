import { mustNotOpen, mustOpen } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'KDF-06',
  family: 'KDF',
  level: 'MUST',
  profiles: ['pin'],
  clause:
    'A wrong PIN never opens the vault and changes nothing but the count of attempts: the right one opens it afterwards.',
  threat: 'BYPASS',
  cwe: ['CWE-303'],
  maswe: ['MASWE-0020'],
  why: 'Anybody gets in, or a slip of the finger costs the owner everything.',
  advice: 'Verify what the PIN unwraps by its authentication tag, and write nothing else.',
  sources: ['decentpaste: keyring and PIN mode'],
  needs: [],
  judges: ['wrong-pin', 'right-pin'],
  twin: ['acknowledged-write', 'right-pin'],
  breach: (occurrence) =>
    occurrence.situation === 'wrong-pin'
      ? mustNotOpen(occurrence, ['wrong-pin', 'locked-out-temporary', 'locked-out-permanent'])
      : mustOpen(occurrence),
  witnesses: ({ situation, call }) => situation === 'wrong-pin' || (call?.guesses ?? 0) > 0,
}
