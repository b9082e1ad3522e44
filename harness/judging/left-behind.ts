import { count } from '../contract/count.ts'
import type { CallFact, Wrong } from './call-fact.ts'
import { entryOf } from './call-fact.ts'
import type { PhoneFact } from './phone-fact.ts'

/**
 * Follows what the phone keeps for the app each time the last entry was deleted. A vault may keep a key for each policy,
 * or a mark of its first start, but nothing more with each entry that comes and goes.
 */
export interface LeftBehind {
  /** A delete that succeeded, and what was counted after it; null where nothing is wrong. */
  deleted(fact: CallFact, phone: PhoneFact): Wrong | null
  returned(fact: CallFact, phone: PhoneFact): void
}

export function leftBehind(): LeftBehind {
  const there = new Set<string>()
  const policies = new Set<string>()
  let empty: { readonly items: number; readonly policies: number } | null = null
  return {
    deleted({ op }, { items }) {
      const name = entryOf(op)
      if (items === null || name === null) return null
      // Where nothing was left, as after a killed write, there is nothing to remove.
      if (items.before > 0 && items.after >= items.before)
        return {
          kind: 'kept',
          expected: items.before === 1 ? 'no item any more' : `fewer than ${count(items.before, 'item')}`,
          seen: count(items.after, 'item'),
        }
      if ([...there].some((other) => other !== name)) return null
      const before = empty !== null && empty.policies === policies.size ? empty.items : null
      empty = { items: Math.min(before ?? items.after, items.after), policies: policies.size }
      return before === null || items.after <= before
        ? null
        : {
            kind: 'more-each-time',
            expected: `${count(before, 'item')}, as after all had been deleted before`,
            seen: count(items.after, 'item'),
          }
    },
    returned({ op, outcome }, { policy }) {
      const name = entryOf(op)
      if (name === null) return
      if (op.op === 'put') {
        policies.add(policy)
        there.add(name)
      } else if (op.op === 'delete' && outcome.is === 'ok') there.delete(name)
    },
  }
}
