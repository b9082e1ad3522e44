import { eitherOf } from '../../contract/count.ts'
import type { Description } from '../../contract/description.ts'
import type { Availability } from '../../contract/operations.ts'
import type { Occurrence } from '../../judging/call-fact.ts'
import type { PhoneFact } from '../../judging/phone-fact.ts'
import { tellOutcome } from '../breach.ts'
import { onPhone } from '../phone-breach.ts'
import type { Breach, Requirement } from '../requirement.ts'

/** Before API 30 `canAuthenticate` of a strong sensor is -1, unknown, where no finger is enrolled: who asks cannot be told. */
const cannotTell: ReadonlySet<string> = new Set([
  'android-28',
  'android-q2-late-invalidation',
  'android-q5-screen-lock-wipes',
])

/** What may be said, by the policy of an entry that names none. */
function allowed({ now, platform }: PhoneFact, { biometric, profiles }: Description): readonly Availability[] {
  const policy = biometric?.policies[0] ?? 'none'
  const closed: readonly Availability[] = profiles.includes('lifecycle') ? ['locked', 'not-set-up'] : []
  if (policy === 'none') return ['available', ...closed]
  if (!now.screenLock) return ['no-screen-lock', 'not-enrolled']
  if (policy === 'device-credential') return ['available', ...closed]
  if (now.fingers + now.strongFaces === 0)
    return cannotTell.has(now.profile) ? ['not-enrolled', 'available', ...closed] : ['not-enrolled']
  if (now.lockout === 'none') return ['available', ...closed]
  // Android says nothing of a lockout before the person is asked.
  return platform === 'ios' ? ['locked-out'] : ['locked-out', 'available', ...closed]
}

function breach(occurrence: Occurrence, description: Description): Breach | null {
  const met = onPhone(occurrence)
  if (met === null) return null
  const { outcome } = met.call
  const may = allowed(met.phone, description)
  if (outcome.is === 'ok' && may.some((one) => one === outcome.value)) return null
  const said = outcome.is === 'ok' ? String(outcome.value) : outcome.is
  return { kind: said, expected: eitherOf(may.map((one) => `'${one}'`)), seen: tellOutcome(outcome) }
}

export const requirement: Requirement = {
  id: 'LOCK-10',
  family: 'LOCK',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  clause: 'Availability is found out anew each time: it follows enrolment, lockout and screen lock at once.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-367'],
  maswe: ['MASWE-0017'],
  why: 'The owner enrols a finger as they were told to, comes back, and is told again that there is none.',
  advice: 'Keep no state of the sensor: ask the platform whenever you are asked.',
  sources: [
    'tauri-apps/plugins-workspace biometric: status computed in load()',
    'oblador/react-native-keychain PR#428',
  ],
  needs: ['scripted-person'],
  judges: ['availability-told'],
  twin: ['acknowledged-write', 'gated', 'availability-told'],
  exempts: ({ operations }) => (operations.includes('availability') ? null : "the vault has no 'availability'"),
  breach,
}
