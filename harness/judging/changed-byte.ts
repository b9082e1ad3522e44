import type { CallFact, Wrong } from './call-fact.ts'

/** Codes that say that what is stored is not what was written. */
export const damageCodes: ReadonlySet<string> = new Set(['corrupt', 'rollback', 'wrong-format'])

/** Follows one changed byte until it is noticed, or until everything was looked at without. */
export interface ChangedByte {
  /** A byte was changed while everything else was in order. `existing`: the entries that surely hold something. */
  begin(at: number, existing: readonly string[]): void
  /** Something else happened that makes what follows unclear. */
  forget(): void
  returned(fact: CallFact, entry: string | null): void
  /** What the whole history says; null where it says nothing. */
  end(): { readonly at: number; readonly wrong: Wrong | null } | null
}

export function changedByte(): ChangedByte {
  let at: number | null = null
  let unread = new Set<string>()
  let opened = false
  let noticed = false
  return {
    begin(seq, existing) {
      at = seq
      unread = new Set(existing)
      opened = false
      noticed = false
    },
    forget() {
      at = null
    },
    returned({ op, outcome, deviation }, entry) {
      if (at === null) return
      if (outcome.is === 'fail') {
        noticed ||= damageCodes.has(outcome.failure.code)
        return
      }
      if (outcome.is === 'info') {
        at = null
        return
      }
      if (op.op === 'unlock') opened = true
      else if (op.op === 'get' && entry !== null && deviation === null) unread.delete(entry)
      // What is written anew may replace the changed byte.
      else if (op.op !== 'get' && op.op !== 'has' && op.op !== 'list' && op.op !== 'state' && op.op !== 'lock')
        at = null
    },
    end() {
      if (at === null || (!noticed && (!opened || unread.size > 0))) return null
      const wrong = {
        kind: 'unnoticed',
        expected: "'corrupt', 'rollback' or 'wrong-format' from opening or from reading some entry",
        seen: 'the vault opened and every entry was read as if nothing had been changed',
      }
      return { at, wrong: noticed ? null : wrong }
    },
  }
}
