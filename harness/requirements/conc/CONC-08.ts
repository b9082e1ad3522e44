import { notCreated } from '../../judging/set-apart.ts'
import { blameOf, tellOutcome } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'CONC-08',
  family: 'CONC',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause:
    'Two calls that create the same entry at once both succeed, or one is told `busy`: that it is there by now is no error.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-367'],
  why: 'A second tap on save, or two imports of one identity, end in an error that nobody can act on.',
  advice: 'Add, and where the store says that the item is there already, update it: never look first and then add.',
  sources: ['rust-native-tls/rust-native-tls#336', 'anthropics/claude-code#48162'],
  needs: [],
  judges: ['created-together'],
  twin: ['acknowledged-write'],
  witnesses: ({ call }) => call?.outcome.is === 'ok',
  breach: ({ call }) =>
    call !== null && notCreated(call) && call.outcome.is === 'fail'
      ? {
          kind: call.outcome.failure.code,
          expected: "ok or 'busy'",
          seen: tellOutcome(call.outcome),
          ...blameOf(call.outcome),
        }
      : null,
}
