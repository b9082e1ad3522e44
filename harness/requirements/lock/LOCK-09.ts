import { count } from '../../contract/count.ts'
import type { Description } from '../../contract/description.ts'
import type { Occurrence } from '../../judging/call-fact.ts'
import { onPhone } from '../phone-breach.ts'
import type { Breach, Requirement } from '../requirement.ts'

function breach(occurrence: Occurrence, { biometric }: Description): Breach | null {
  const met = onPhone(occurrence)
  if (met === null || biometric === undefined) return null
  const { op } = met.call.op
  const said = met.phone.policy !== 'none' && biometric.prompts.includes(op)
  const prompts = met.phone.prompts.length
  if (said === prompts > 0) return null
  return {
    kind: said ? `${op}-unasked` : `${op}-asked`,
    expected: said ? `a prompt, as the vault says of '${op}'` : `no prompt, as the vault says of '${op}'`,
    seen: count(prompts, 'prompt'),
  }
}

export const requirement: Requirement = {
  id: 'LOCK-09',
  family: 'LOCK',
  level: 'MUST',
  profiles: ['biometric'],
  platforms: ['android', 'ios'],
  clause: 'Whether writing and deleting ask the person is as the vault says, on every phone.',
  threat: 'COST',
  cwe: ['CWE-1068'],
  why: 'An update makes the app ask for a finger at each save, in the background, where nobody sees it.',
  advice: 'Say for each operation whether it prompts, and test it on both platforms.',
  sources: [
    'oblador/react-native-keychain#723',
    'oblador/react-native-keychain#322',
    'oblador/react-native-keychain#392',
  ],
  needs: ['seen-prompts'],
  judges: ['write-prompts'],
  twin: ['round-trip', 'recognised'],
  breach,
}
