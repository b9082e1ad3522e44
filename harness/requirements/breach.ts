import type { Code } from '../contract/codes.ts'
import { count, eitherOf, number } from '../contract/count.ts'
import type { Description } from '../contract/description.ts'
import type { Outcome } from '../contract/history.ts'
import { alterations, type SeenValue, type ValueRef } from '../contract/values.ts'
import { type CallFact, type Deviation, entryOf, type Occurrence } from '../judging/call-fact.ts'
import { overLimit } from '../judging/concern.ts'
import { keptOut } from '../judging/kept-out.ts'
import type { Breach } from './requirement.ts'

/** A recipe in words. */
export function tellValue(ref: ValueRef | null): string {
  if (ref === null) return 'nothing'
  if (ref.kind === 'empty') return 'the empty value'
  return `secret #${ref.canary} (${ref.kind}, ${count(ref.size, 'byte')})`
}

export function tellSeen(seen: SeenValue): string {
  if (seen.is === 'canary') return tellValue(seen.canary)
  const now = `now of size ${number(seen.size)}`
  return seen.of === null
    ? `a value that nobody wrote, of size ${number(seen.size)}`
    : `${tellValue(seen.of)} ${alterations[seen.how]}, ${now}`
}

/** An outcome in words. */
export function tellOutcome(outcome: Outcome): string {
  switch (outcome.is) {
    case 'ok': {
      const { value } = outcome
      if (value === null) return 'ok'
      if (typeof value === 'object' && 'is' in value) return tellSeen(value)
      return typeof value === 'boolean' ? (value ? 'yes' : 'no') : JSON.stringify(value)
    }
    case 'fail': {
      const { failure, native } = outcome
      const said =
        native === undefined
          ? ''
          : ` (${[native.domain, native.type, native.code].filter((part) => part !== null).join(' ')})`
      return `'${failure.code}'${said}`
    }
    case 'info':
      return {
        killed: 'nothing: it was killed',
        lost: 'nothing: its process ended',
        deadline: 'nothing within the deadline',
        stuck: 'nothing, and nothing is left that could make it answer',
      }[outcome.why]
  }
}

export const possibleWords = (call: CallFact): string =>
  call.possible === null ? 'ok' : eitherOf(call.possible.map(tellValue))

const words: Record<Deviation, string> = {
  missing: 'the value is gone',
  ghost: 'a deleted value is there',
  stale: 'an older value came back',
  foreign: "another entry's value came back",
  altered: 'the value was changed',
  refused: 'the read was refused',
}

/** The breach of a read that saw what cannot be; null where it saw what can. */
export function wrongRead({ call }: Occurrence): Breach | null {
  if (call === null || call.deviation === null) return null
  return {
    kind: call.deviation,
    expected: possibleWords(call),
    seen: `${tellOutcome(call.outcome)}: ${words[call.deviation]}`,
    ...blameOf(call.outcome),
  }
}

/** The same where a write is lost: whether an older value is seen then, or none, depends on what was there before. */
export function lostWrite(occurrence: Occurrence): Breach | null {
  const breach = wrongRead(occurrence)
  return breach !== null && (breach.kind === 'missing' || breach.kind === 'stale')
    ? { ...breach, kind: 'lost' }
    : breach
}

/** A code that only the lack of a mapping row explains is the adapter's doing. */
export function blameOf(outcome: Outcome): { blame?: 'adapter' } {
  return outcome.is === 'fail' && outcome.failure.reason === 'not in the mapping table' ? { blame: 'adapter' } : {}
}

/** The breach of a search that found a secret where none may be. */
export function foundSecret({ seen }: Occurrence, place: string): Breach | null {
  if (seen?.probe !== 'leak') return null
  const secret = `${seen.secret === 'pin' ? 'PIN' : 'secret'} #${seen.canary}`
  return {
    kind: seen.secret ?? 'value',
    expected: 'no trace of any secret',
    seen: `${secret} as ${seen.encoding} in ${place}`,
  }
}

/** The breach of a write that was refused by a code outside `allowed`, or never answered. */
export function wrongWrite({ call }: Pick<Occurrence, 'call'>, allowed: readonly Code[]): Breach | null {
  if (call === null || call.op.op !== 'put' || call.outcome.is === 'ok') return null
  if (call.outcome.is === 'fail' && allowed.includes(call.outcome.failure.code)) return null
  return {
    kind: call.outcome.is === 'fail' ? `refused-${call.outcome.failure.code}` : call.outcome.why,
    expected: eitherOf(['ok', ...allowed.map((code) => `'${code}'`)]),
    seen: tellOutcome(call.outcome),
    ...blameOf(call.outcome),
  }
}

/**
 * The breach of a write by its length: refused though within the declared limit, or taken though over it. Where the vault
 * declares none, it may refuse as too large what it likes.
 */
export function wrongLimit({ call }: Occurrence, description: Description): Breach | null {
  if (call === null || call.op.op !== 'put') return null
  const over = overLimit(call.op.value, description)
  if (call.outcome.is !== 'ok' || over === null || over === 0)
    return wrongWrite({ call }, over === 0 ? [] : ['too-large'])
  const { max, unit } = description.limits.value ?? { max: 0, unit: 'bytes' }
  return {
    kind: 'taken-over-limit',
    expected: "'too-large'",
    seen: `ok, for a value ${over} over the declared limit of ${max} ${unit === 'bytes' ? 'bytes' : 'UTF-16 units'}`,
  }
}

/** Whether a read gave a part of a value in place of the whole. */
export function isPart({ call }: Occurrence): boolean {
  if (call === null || call.outcome.is !== 'ok') return false
  const { value } = call.outcome
  return typeof value === 'object' && value !== null && 'how' in value && (value.how === 'cut' || value.how === 'tail')
}

/** The breach of a call that ended outside the allowed codes, or did not end. A call that succeeded is none. */
export function wrongCode({ call }: Occurrence, allowed: readonly Code[]): Breach | null {
  if (call === null || call.outcome.is === 'ok') return null
  const { outcome } = call
  if (outcome.is === 'fail' && allowed.includes(outcome.failure.code)) return null
  return {
    kind: outcome.is === 'fail' ? `${call.op.op}-${outcome.failure.code}` : `${call.op.op}-${outcome.why}`,
    expected: eitherOf(allowed.map((code) => `'${code}'`)),
    seen: tellOutcome(outcome),
    ...blameOf(outcome),
  }
}

/** The breach of a call that did not get at what was there for it. */
export function wronglyRefused({ call }: Occurrence): Breach | null {
  if (call === null) return null
  // Of no entry there is nothing that could be absent.
  const absent = call.outcome.is === 'fail' && call.outcome.failure.code === 'not-found' && entryOf(call.op) === null
  if (!absent && !keptOut(call.outcome)) return null
  return {
    kind: `${call.op.op}-${codeOf(call.outcome)}`,
    expected: 'an answer as always: the keyring was there for it',
    seen: tellOutcome(call.outcome),
    ...blameOf(call.outcome),
  }
}

/** Whether the call was served: done, or told that there is no such entry. */
export const worked = ({ call }: Occurrence): boolean =>
  call !== null &&
  (call.outcome.is === 'ok' || (call.outcome.is === 'fail' && call.outcome.failure.code === 'not-found'))

/** The breach of an `unlock` that had to succeed. */
export function mustOpen({ call }: Occurrence): Breach | null {
  if (call === null || call.outcome.is === 'ok') return null
  return { kind: `${codeOf(call.outcome)}`, expected: 'ok', seen: tellOutcome(call.outcome), ...blameOf(call.outcome) }
}

/** The breach of an `unlock` that must not succeed, or that failed by another code than these (null: by any). */
export function mustNotOpen({ call }: Occurrence, allowed: readonly Code[] | null): Breach | null {
  if (call === null) return null
  const { outcome } = call
  if (outcome.is === 'fail' && (allowed === null || allowed.includes(outcome.failure.code))) return null
  if (outcome.is === 'info' && allowed === null) return null
  const expected = allowed === null ? 'a refusal' : eitherOf(allowed.map((code) => `'${code}'`))
  return {
    kind: outcome.is === 'ok' ? 'opened' : codeOf(outcome),
    expected,
    seen: tellOutcome(outcome),
    ...blameOf(outcome),
  }
}

const codeOf = (outcome: Outcome): string =>
  outcome.is === 'fail' ? outcome.failure.code : outcome.is === 'info' ? outcome.why : 'ok'

/** The breach of a read of tampered files: another value than could be there, or a code that hides the damage. */
export function damagedRead(
  occurrence: Occurrence,
  codes: readonly Code[] = ['corrupt', 'rollback', 'wrong-format', 'missing'],
): Breach | null {
  const { call } = occurrence
  if (call === null) return null
  const { outcome } = call
  if (outcome.is === 'ok') return wrongRead(occurrence)
  const exists = call.possible !== null && !call.possible.includes(null)
  if (outcome.is === 'fail' && outcome.failure.code === 'not-found' && !exists) return null
  return wrongCode(occurrence, codes)
}
