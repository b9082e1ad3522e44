import type { Code } from '../../contract/codes.ts'
import { eitherOf } from '../../contract/count.ts'
import type { Description } from '../../contract/description.ts'
import type { Occurrence } from '../../judging/call-fact.ts'
import { codesOf } from '../../models/fate.ts'
import { blameOf, tellOutcome } from '../breach.ts'
import { failedBy, onPhone } from '../phone-breach.ts'
import type { Breach, Requirement } from '../requirement.ts'

/** Taken down by the system: whoever was not told by whom may take it for the person's doing, but that is coarse. */
const allowed: Partial<Record<Occurrence['situation'], readonly Code[]>> = {
  'dismissed-prompt': ['user-cancelled'],
  'button-of-prompt': ['user-cancelled', 'fallback-chosen'],
  'timed-out-prompt': ['timeout'],
  'system-cancelled-prompt': ['system-cancelled'],
  'exhausted-prompt': ['auth-failed', 'locked-out-temporary', 'locked-out-permanent'],
}

function breach(occurrence: Occurrence, { mapping }: Description): Breach | null {
  const met = onPhone(occurrence)
  const codes = allowed[occurrence.situation]
  if (met === null || codes === undefined) return null
  const { outcome } = met.call
  // What was done to the phone meanwhile is as true as how the prompt ended.
  const meanwhile = met.phone.steady ? [] : codesOf(met.phone.fates)
  if (outcome.is === 'fail' && [...codes, ...meanwhile].includes(outcome.failure.code)) return null
  // A number without a code is ERR-02's to tell.
  if (mapping.length === 0 && failedBy(occurrence, 'internal')) return null
  // Without an end it is CONC-09's to tell where the app was left.
  if (outcome.is === 'info' && met.phone.left) return null
  // What is given all the same is LOCK-08's to tell; a write may have needed nobody.
  if (outcome.is === 'ok') return null
  const came = outcome.is === 'fail' ? outcome.failure.code : outcome.why
  return {
    kind: `${occurrence.situation}-${came}`,
    expected: eitherOf(codes.map((code) => `'${code}'`)),
    seen: tellOutcome(outcome),
    ...blameOf(outcome),
  }
}

export const requirement: Requirement = {
  id: 'ERR-03',
  family: 'ERR',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  clause: 'Dismissed by the person, taken away by the system, left alone, and not recognised are four codes.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-393'],
  why: 'The app counts an incoming call as a wrong finger, and locks itself.',
  advice: 'Map each end of a prompt to its own code.',
  sources: ['swiesend/secret-service#39', 'androidx BiometricPrompt reference', 'Apple: LAError'],
  needs: ['scripted-person', 'seen-prompts'],
  judges: ['dismissed-prompt', 'button-of-prompt', 'timed-out-prompt', 'system-cancelled-prompt', 'exhausted-prompt'],
  twin: ['acknowledged-write', 'gated'],
  witnesses: (occurrence) => failedBy(occurrence),
  breach,
}
