import type { CallFact, Wrong } from './call-fact.ts'
import type { PhoneFact } from './phone-fact.ts'

/** Follows by which code each condition is told, before and after the phone's language changes. */
export interface ToldInLanguage {
  changed(): void
  /** Undefined where the condition is not certain, or was not met in another language before. */
  returned(fact: CallFact, phone: PhoneFact): Wrong | null | undefined
}

/** The condition under which a call failed, in full; null where it is not certain. */
function conditionOf(fact: CallFact, { fates, end, steady, policy, since, plain, unsure }: PhoneFact): string | null {
  if (!steady || unsure || fates.length !== 1) return null
  // A prompt that was surely its own decides, also where another call began after it.
  if (fact.overlapped && (end === null || end === 'matched')) return null
  const absent = fact.possible?.every((value) => value === null) === true
  if (plain && !absent) return null
  return [fact.op.op, absent ? 'absent' : policy, fates[0], end ?? 'no prompt', ...since].join(' ')
}

export function toldInLanguage(): ToldInLanguage {
  const told = new Map<string, { readonly code: string; readonly language: number }>()
  let language = 0
  return {
    changed() {
      language++
    },
    returned(fact, phone) {
      if (fact.outcome.is !== 'fail') return undefined
      const condition = conditionOf(fact, phone)
      if (condition === null) return undefined
      const { code } = fact.outcome.failure
      const before = told.get(condition)
      if (before === undefined) told.set(condition, { code, language })
      if (before === undefined || before.language === language) return undefined
      if (before.code === code) return null
      return {
        kind: 'by-language',
        expected: `'${before.code}', as before the phone's language was changed`,
        seen: `'${code}'`,
      }
    },
  }
}
