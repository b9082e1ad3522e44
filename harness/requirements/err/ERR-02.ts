import { blameOf, tellOutcome } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ERR-02',
  family: 'ERR',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  clause: 'A native error that carries a number has a code.',
  threat: 'WRONG-CODE',
  why: 'The app says "error -34018: good luck googling that".',
  advice: 'Map the numbers of the platform by a table, and look into it when a new one turns up.',
  sources: ['NativeScript/plugins#524', 'Apple: Security framework result codes'],
  needs: [],
  judges: ['failed-with-identity'],
  twin: ['acknowledged-write', 'gated'],
  exempts: ({ mapping }) => (mapping.length > 0 ? null : "the vault speaks the contract's codes itself"),
  witnesses: ({ call }) => call?.outcome.is === 'fail' && typeof call.outcome.native?.code === 'number',
  breach: ({ call }) => {
    if (call?.outcome.is !== 'fail' || typeof call.outcome.native?.code !== 'number') return null
    const { failure, native } = call.outcome
    if (failure.code !== 'internal') return null
    return {
      kind: `${native.domain} ${native.code}`,
      expected: 'a code that says what happened',
      seen: tellOutcome(call.outcome),
      ...blameOf(call.outcome),
    }
  },
}
