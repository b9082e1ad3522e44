import type { Occurrence } from '../../judging/call-fact.ts'
import { tellOutcome } from '../breach.ts'
import { onPhone } from '../phone-breach.ts'
import type { Breach, Requirement } from '../requirement.ts'

function breach(occurrence: Occurrence): Breach | null {
  const met = onPhone(occurrence)
  if (met === null) return null
  const { call, phone } = met
  if (phone.prompts.length > 0)
    return {
      kind: 'prompt',
      expected: 'an answer without a prompt',
      seen: phone.prompts.length === 1 ? 'a prompt' : `${phone.prompts.length} prompts`,
    }
  return call.outcome.is === 'info'
    ? { kind: call.outcome.why, expected: 'an answer', seen: tellOutcome(call.outcome) }
    : null
}

export const requirement: Requirement = {
  id: 'ENR-11',
  family: 'ENR',
  level: 'MUST',
  profiles: ['biometric'],
  clause: 'Asking whether the vault can be used, after an enrolment changed, shows no prompt.',
  threat: 'COST',
  cwe: ['CWE-799'],
  why: 'The app asks for a finger at its start, only to find out whether to show a button.',
  advice:
    'Look at a key or item of its own that says whether the enrolment changed, or ask with the interface turned off.',
  sources: ['RocketChat/RocketChat.ReactNative PR#7351', 'bcgov/bc-wallet-mobile#606'],
  needs: ['seen-prompts'],
  judges: ['enrolment-probe'],
  twin: ['round-trip', 'recognised'],
  exempts: ({ operations }) => (operations.includes('availability') ? null : "the vault has no 'availability'"),
  witnesses: ({ call }) => call?.outcome.is === 'ok',
  breach,
}
