import { mixedUp } from '../../judging/phone-concern.ts'
import { possibleWords, tellOutcome } from '../breach.ts'
import { onPhone, succeeded } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'CONC-01',
  family: 'CONC',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  clause: 'Calls that begin in the same instant are kept apart: none gets the answer of another.',
  threat: 'LEAK',
  cwe: ['CWE-694', 'CWE-488'],
  why: 'Two taps in one millisecond, and the screen of one account shows the secret of another.',
  advice: 'Name each call by something that cannot repeat, never by the time.',
  sources: ['decentpaste tauri-plugin-decentsecret: invokeId'],
  needs: ['seen-prompts'],
  judges: ['calls-in-one-instant'],
  twin: ['acknowledged-write', 'gated'],
  witnesses: succeeded,
  breach: (occurrence) => {
    const met = onPhone(occurrence)
    return met !== null && mixedUp(met.call)
      ? {
          kind: 'crossed',
          expected: possibleWords(met.call),
          seen: `${tellOutcome(met.call.outcome)}: the answer to another call`,
        }
      : null
  },
}
