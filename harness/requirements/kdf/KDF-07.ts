import { mustNotOpen } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'KDF-07',
  family: 'KDF',
  level: 'MUST',
  profiles: ['pin'],
  clause:
    'Wrong PINs are limited to the number that the vault states, whatever kills, restarts and clock changes lie between.',
  threat: 'BYPASS',
  cwe: ['CWE-307'],
  maswe: ['MASWE-0020'],
  why: 'A thief tries all four-digit PINs by restarting the app.',
  advice: 'Record the failed attempt durably before you tell the verdict, and do not trust the clock.',
  sources: ['decentpaste: PIN mode without a limit', 'NIST SP 800-63B 5.2.2'],
  needs: [],
  judges: ['guess-over-limit'],
  twin: ['wrong-pin'],
  breach: (occurrence) =>
    mustNotOpen(occurrence, [
      'locked-out-temporary',
      'locked-out-permanent',
      // Files that were put back are told as such before any PIN is tried.
      ...(occurrence.call?.tampering === 'older' ? (['rollback', 'corrupt'] as const) : []),
    ]),
}
