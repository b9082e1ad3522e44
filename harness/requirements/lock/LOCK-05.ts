import type { Occurrence } from '../../judging/call-fact.ts'
import { tellOutcome } from '../breach.ts'
import { succeeded, unexplained } from '../phone-breach.ts'
import type { Breach, Requirement } from '../requirement.ts'

function breach(occurrence: Occurrence): Breach | null {
  const { call } = occurrence
  if (call?.again)
    return {
      kind: 'again',
      expected: 'one answer for one call',
      seen: `a second one after ${tellOutcome(call.outcome)}`,
    }
  return unexplained(occurrence)
}

export const requirement: Requirement = {
  id: 'LOCK-05',
  family: 'LOCK',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  clause: 'A miss ends nothing: whoever is recognised after it, in the same prompt, gets exactly one success.',
  threat: 'HANG',
  cwe: ['CWE-372'],
  why: 'A wet finger is refused, the next touch is accepted by the phone, and the app never hears of it.',
  advice: 'Settle the call on success or error alone; `onAuthenticationFailed` is neither.',
  sources: [
    'bitwarden/mobile#847',
    'oblador/react-native-keychain PR#312',
    'bcgov/bc-wallet-mobile#3281',
    'NativeScript/plugins#294',
    'android-password-store/Android-Password-Store PR#1627',
  ],
  needs: ['scripted-person', 'seen-prompts'],
  judges: ['missed-then-matched'],
  twin: ['acknowledged-write', 'gated'],
  witnesses: succeeded,
  breach,
}
