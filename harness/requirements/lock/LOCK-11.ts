import { count } from '../../contract/count.ts'
import type { Description } from '../../contract/description.ts'
import type { Occurrence } from '../../judging/call-fact.ts'
import type { PhoneFact } from '../../judging/phone-fact.ts'
import { onPhone } from '../phone-breach.ts'
import type { Breach, Requirement } from '../requirement.ts'

/** What a prompt needs beside itself: to hear of its end, and to be shown. A call that did no more before the first tells nothing. */
const least = 3

/**
 * Where as much was done again as before the first prompt, the whole call was made again: a second call of the vault,
 * which an adapter that says nothing of it must not make.
 */
const wholeAgain = ({ again }: PhoneFact): boolean =>
  again !== null && again.first >= least && again.again >= again.first

function breach(occurrence: Occurrence, { derived }: Description): Breach | null {
  const met = onPhone(occurrence)
  if (met === null) return null
  const { phone } = met
  const { prompts } = phone
  const refused = prompts.findIndex(({ end }) => end === 'dismissed')
  if (refused >= 0 && refused < prompts.length - 1) {
    const byAdapter = derived.length === 0 && wholeAgain(phone)
    return {
      kind: 'asked-after-refusal',
      expected: 'no more prompts once the person dismissed one',
      seen: byAdapter ? 'another one, after the whole call was made again' : 'another one',
      ...(byAdapter ? { blame: 'adapter' } : {}),
    }
  }
  const matched = prompts.filter(({ end }) => end === 'matched').length
  return matched > 1
    ? {
        kind: 'asked-again',
        expected: 'one prompt at most that ends by a match',
        seen: `${count(matched, 'prompt')} that ended by a match`,
      }
    : null
}

export const requirement: Requirement = {
  id: 'LOCK-11',
  family: 'LOCK',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  clause: 'The person is asked for one gesture at most in one call, and for none once they dismissed a prompt of it.',
  threat: 'COST',
  cwe: ['CWE-799'],
  why: 'The face is looked at twice for one sign-in, or two prompts follow each other.',
  advice: 'Hand what the first prompt released to every use of that call, and take a dismissal for an answer.',
  sources: [
    'safe-global/safe-ios#2900',
    'BlueBubblesApp/bluebubbles-app#1219',
    'russhwolf/multiplatform-settings PR#193',
  ],
  needs: ['seen-prompts'],
  judges: ['prompted-read', 'write-prompts', 'gated'],
  twin: ['round-trip', 'recognised'],
  breach,
}
