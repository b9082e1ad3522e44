import type { Description } from '../../contract/description.ts'
import type { Occurrence } from '../../judging/call-fact.ts'
import { blameOf, possibleWords, tellOutcome } from '../breach.ts'
import { ownRefusals } from '../own-refusals.ts'
import type { Breach, Requirement } from '../requirement.ts'

function breach({ call }: Occurrence, description: Description): Breach | null {
  if (call === null) return null
  const { outcome } = call
  if (call.again)
    return { kind: 'again', expected: 'one answer for one call', seen: `a second answer: ${tellOutcome(outcome)}` }
  if (outcome.is === 'info') return { kind: outcome.why, expected: 'an answer', seen: tellOutcome(outcome) }
  // Of calls that begin in one instant it is CONC-01's to tell.
  if (call.deviation === 'foreign' && call.phone?.twinned !== true)
    return {
      kind: 'foreign',
      expected: possibleWords(call),
      seen: `${tellOutcome(outcome)}: the answer to another call`,
    }
  if (outcome.is === 'fail' && !['busy', ...ownRefusals(call, description)].includes(outcome.failure.code))
    return {
      kind: outcome.failure.code,
      expected: `its own result${call.op.op !== 'get' || call.possible === null ? '' : ` (${possibleWords(call)})`}, or 'busy'`,
      seen: tellOutcome(outcome),
      ...blameOf(outcome),
    }
  return null
}

export const requirement: Requirement = {
  id: 'CONC-02',
  family: 'CONC',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause: 'Each of several calls in flight is answered exactly once, with its own result or `busy`.',
  threat: 'HANG',
  cwe: ['CWE-820', 'CWE-488'],
  why: "A second tap leaves a spinner for ever, or shows one account's secret to another.",
  advice: 'Match each answer to its call by an id that cannot repeat, and queue what cannot run side by side.',
  sources: [
    'androidx BiometricPrompt reference',
    'hieuvp/react-native-fingerprint-scanner PR#175',
    'NiklasMerz/cordova-plugin-fingerprint-aio#43',
  ],
  needs: [],
  judges: ['overlapping-calls'],
  twin: ['acknowledged-write'],
  witnesses: ({ call }) => call?.outcome.is === 'ok',
  breach,
}
