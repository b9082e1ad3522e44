import type { Code } from '../contract/codes.ts'
import type { Description } from '../contract/description.ts'
import type { AccessPolicy } from '../contract/operations.ts'
import type { CallFact, Occurrence } from '../judging/call-fact.ts'
import type { PhoneFact } from '../judging/phone-fact.ts'
import { codesOf, may } from '../models/fate.ts'
import { blameOf, possibleWords, tellOutcome, wrongRead } from './breach.ts'
import type { Breach } from './requirement.ts'

/** What a call on a phone could come to, in words. */
function expectedWords(call: CallFact, phone: PhoneFact, allowed: readonly Code[]): string {
  const value = may(phone.fates, 'usable') ? [call.op.op === 'get' ? possibleWords(call) : 'ok'] : []
  return [...new Set([...value, ...allowed.map((code) => `'${code}'`)])].join(' or ')
}

/** A call, and the phone that it met; null for what is no call, or none on a phone. */
export function onPhone({ call }: Occurrence): { readonly call: CallFact; readonly phone: PhoneFact } | null {
  return call === null || call.phone === null ? null : { call, phone: call.phone }
}

export const failedBy = ({ call }: Occurrence, ...of: readonly Code[]): boolean =>
  call?.outcome.is === 'fail' && (of.length === 0 || of.includes(call.outcome.failure.code))
export const succeeded = ({ call }: Occurrence): boolean => call?.outcome.is === 'ok'
/** Whether the person was asked in it. */
export const prompted = ({ call }: Occurrence): boolean => (call?.phone?.prompts.length ?? 0) > 0

/** The breach of giving what nobody may get any more. */
export function givenAway(occurrence: Occurrence): Breach | null {
  const met = onPhone(occurrence)
  if (met === null || met.call.outcome.is !== 'ok' || may(met.phone.fates, 'usable')) return null
  const { call, phone } = met
  return { kind: 'value', expected: expectedWords(call, phone, codesOf(phone.fates)), seen: tellOutcome(call.outcome) }
}

/**
 * The breach of an answer that the phone does not explain: a code for which nothing happened, no end at all, or another
 * value. `more` codes are allowed beside those that follow from what happened.
 */
export function unexplained(occurrence: Occurrence, more: readonly Code[] = []): Breach | null {
  const met = onPhone(occurrence)
  if (met === null) return null
  const { call, phone } = met
  const { outcome } = call
  if (outcome.is === 'ok') return givenAway(occurrence) ?? wrongRead(occurrence)
  const allowed = [...codesOf(phone.fates), ...phone.excuses, ...more]
  if (outcome.is === 'fail') {
    const { code } = outcome.failure
    const missing = code === 'not-found' && call.op.op !== 'put' && call.possible?.includes(null) === true
    if (allowed.includes(code) || missing) return null
  }
  return {
    kind: `${call.op.op}-${outcome.is === 'fail' ? outcome.failure.code : outcome.why}`,
    expected: expectedWords(call, phone, allowed),
    seen: tellOutcome(outcome),
    ...blameOf(outcome),
  }
}

/** The same, of answers with a code or without an end; what was given is another requirement's matter. */
export const unexplainedRefusal = (occurrence: Occurrence, more: readonly Code[] = []): Breach | null =>
  succeeded(occurrence) ? null : unexplained(occurrence, more)

/** Why a requirement about a policy says nothing of a vault that does not offer it. */
export const withoutPolicy =
  (...of: readonly AccessPolicy[]) =>
  ({ biometric }: Description): string | null =>
    of.some((policy) => biometric?.policies.includes(policy)) ? null : `the vault has no policy '${of.join("' or '")}'`

export const onlyOn =
  (platform: 'android' | 'ios', why: string) =>
  (description: Description): string | null =>
    description.platform === platform ? null : why
