import { may } from '../../models/fate.ts'
import { tellOutcome } from '../breach.ts'
import { onPhone, withoutPolicy } from '../phone-breach.ts'
import type { Requirement } from '../requirement.ts'

const bound: ReadonlySet<string> = new Set(['current-set', 'any-enrolled'])

export const requirement: Requirement = {
  id: 'LOCK-06',
  family: 'LOCK',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  clause:
    'Each read of an entry that asks the person asks them, every time, and so does each question for a yes or no.',
  threat: 'BYPASS',
  cwe: ['CWE-306', 'CWE-613'],
  maswe: ['MASWE-0016', 'MASWE-0020'],
  why: 'The phone is handed over unlocked, and the app opens without a finger since it was opened a minute ago.',
  advice: 'Use a key that needs an authentication for each use, and a new context for each read.',
  sources: [
    'oblador/react-native-keychain#593',
    'oblador/react-native-keychain#331',
    'oblador/react-native-keychain#783',
  ],
  needs: ['enforces-access-control', 'seen-prompts'],
  judges: ['prompted-read', 'gated'],
  twin: ['acknowledged-write', 'recognised'],
  exempts: withoutPolicy('current-set', 'any-enrolled'),
  witnesses: ({ call }) => bound.has(call?.phone?.policy ?? 'none'),
  breach: (occurrence) => {
    const met = onPhone(occurrence)
    if (met === null || !bound.has(met.phone.policy) || !may(met.phone.fates, 'usable')) return null
    if (met.phone.prompts.some(({ end }) => end === 'matched' || end === 'forged')) return null
    // What is given although its prompt ended without a match is LOCK-08's to tell.
    if (met.phone.end !== null) return null
    const { outcome, op } = met.call
    return {
      kind: 'unasked',
      expected: `a prompt that ends by a match in this ${op.op}`,
      seen: `${tellOutcome(outcome)}, without such a prompt`,
    }
  },
}
