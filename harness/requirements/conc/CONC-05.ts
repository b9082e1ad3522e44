import { mixed } from '../../judging/set-apart.ts'
import { blameOf, possibleWords, tellOutcome } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'CONC-05',
  family: 'CONC',
  level: 'MUST',
  profiles: ['store'],
  clause:
    'Calls of different entries that overlap share nothing that one of them can spoil: no entry becomes unreadable, or a mixture of two.',
  threat: 'LOSS',
  cwe: ['CWE-567', 'CWE-820'],
  why: 'Several tokens are read when the app starts, and now and then one of them is nonsense or cannot be decrypted.',
  advice: 'Make cipher, digest and buffer anew for each call, or let one worker serve all calls.',
  sources: [
    'juliansteenbakker/flutter_secure_storage#161',
    'juliansteenbakker/flutter_secure_storage PR#165',
    'juliansteenbakker/flutter_secure_storage#171',
  ],
  needs: [],
  judges: ['side-by-side'],
  twin: ['acknowledged-write'],
  // An entry of another that comes back whole is CONC-02's or CONC-04's to tell, and so is one that is missing.
  breach: ({ call }) =>
    call !== null && mixed(call)
      ? {
          kind: call.outcome.is === 'fail' ? call.outcome.failure.code : 'altered',
          expected: possibleWords(call),
          seen: tellOutcome(call.outcome),
          ...blameOf(call.outcome),
        }
      : null,
}
