import { tellOutcome } from '../breach.ts'
import { failedBy, succeeded } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'LOCK-07',
  family: 'LOCK',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  clause:
    'A success of the prompt is bound to the use of a key: an app that is told of a match that never was gets nothing.',
  threat: 'BYPASS',
  cwe: ['CWE-807', 'CWE-305'],
  maswe: ['MASWE-0020'],
  why: 'A hooked callback answers "yes", and the vault opens for who holds the phone.',
  advice: 'Hand the prompt a key to be released and open with that key; a yes or no from a callback is worth nothing.',
  sources: [
    'epicshaggy/capacitor-native-biometric#80',
    'Cap-go/capacitor-native-biometric#64',
    'OWASP/owasp-mastg#1461',
  ],
  needs: ['scripted-person', 'enforces-access-control'],
  judges: ['forged-match'],
  twin: ['acknowledged-write', 'prompted-read', 'gated'],
  witnesses: (occurrence) => occurrence.call?.phone?.does === 'ask' && failedBy(occurrence),
  breach: (occurrence) =>
    occurrence.call?.phone?.does === 'ask' && succeeded(occurrence)
      ? {
          kind: 'opened',
          expected: 'a refusal',
          seen: `${tellOutcome(occurrence.call.outcome)} after a match that never was`,
        }
      : null,
}
