import { notServed, stillRefused } from '../../judging/set-apart.ts'
import { blameOf, possibleWords, tellOutcome } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'CONC-06',
  family: 'CONC',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause:
    'All first calls of a process wait for one initialisation, and one that failed is tried again at the next call.',
  threat: 'LOSS',
  cwe: ['CWE-821', 'CWE-455'],
  platforms: ['desktop'],
  why: 'Of two reads at the start one finds nothing, or an app that was opened too early never works until it is restarted.',
  advice: 'Keep the promise of the initialisation, let everybody wait for it, and forget it when it fails.',
  sources: ['open-source-cooperative/keyring-rs#343', 'cachix/secretspec#268'],
  needs: ['process-death'],
  judges: ['first-calls-together', 'call-after-failed-start'],
  twin: ['acknowledged-write'],
  breach: ({ call, situation }) =>
    call !== null && (situation === 'first-calls-together' ? notServed(call) : stillRefused(call))
      ? {
          kind: `${situation === 'first-calls-together' ? 'together' : 'again'}-${
            call.outcome.is === 'fail' ? call.outcome.failure.code : 'missing'
          }`,
          expected: possibleWords(call),
          seen: tellOutcome(call.outcome),
          ...blameOf(call.outcome),
        }
      : null,
}
