import { tellOutcome } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'CONC-09',
  family: 'CONC',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  platforms: ['android', 'ios'],
  clause: 'A call whose prompt is up when the app is left settles.',
  threat: 'HANG',
  cwe: ['CWE-431'],
  why: 'The owner looks at a message while the prompt is up, comes back, and the app waits for ever.',
  advice: 'Settle on the error with which the system takes the prompt down.',
  sources: ['oblador/react-native-keychain#797'],
  needs: ['scripted-person'],
  judges: ['left-while-prompting'],
  twin: ['acknowledged-write', 'gated'],
  breach: ({ call }) =>
    call?.outcome.is === 'info'
      ? { kind: call.outcome.why, expected: 'an answer', seen: tellOutcome(call.outcome) }
      : null,
}
