import type { Occurrence } from '../../judging/call-fact.ts'
import { tellOutcome } from '../breach.ts'
import { onPhone } from '../phone-breach.ts'
import type { Breach, Requirement } from '../requirement.ts'

function breach(occurrence: Occurrence): Breach | null {
  if (occurrence.situation === 'ended-by-itself')
    return { kind: 'ended', expected: 'a process that goes on', seen: "the end of the app's process" }
  const met = onPhone(occurrence)
  if (met === null || met.call.outcome.is !== 'info') return null
  // Who can not be asked again after a turn is CONC-12's to tell.
  if (met.phone.afterTurn && met.phone.policy !== 'none') return null
  const { outcome } = met.call
  return { kind: outcome.why, expected: 'an answer', seen: tellOutcome(outcome) }
}

export const requirement: Requirement = {
  id: 'CONC-10',
  family: 'CONC',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  clause:
    "A prompt that is up while the app is left or the phone is turned does not end the app's process, and what is asked next is answered.",
  threat: 'HANG',
  cwe: ['CWE-248', 'CWE-833'],
  platforms: ['android', 'ios'],
  why: 'The owner goes to another screen while the app asks for a finger, and the app freezes or closes.',
  advice:
    'Hold no thread while a prompt is up, and let its callbacks find the activity that is there by then, or that none is.',
  sources: ['oblador/react-native-keychain#525', 'oblador/react-native-keychain PR#576'],
  needs: ['scripted-person', 'watched-main-thread'],
  judges: ['call-after-navigation', 'ended-by-itself'],
  twin: ['acknowledged-write', 'gated'],
  breach,
}
