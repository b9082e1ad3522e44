import type { Operation } from '../contract/operations.ts'
import { entryOf, type Flying, writes } from './call-fact.ts'

/** What else was in flight with a call. */
export interface Company {
  /** A call of the same entry, where one of the two is a write; or one of which it may be, about the whole vault. */
  same: boolean
  /** A call of another entry. */
  other: boolean
  /** Another call that puts the same entry, which neither of them found there. */
  creator: boolean
  /** A call that closes the vault, makes another one, or may lock it out. */
  upset: boolean
}

export const nobody = (): Company => ({ same: false, other: false, creator: false, upset: false })

const closes: ReadonlySet<Operation['op']> = new Set(['lock', 'reset', 'setUp', 'changePin'])
const upsets = ({ op, fits }: Flying): boolean => closes.has(op.op) || (op.op === 'unlock' && !fits)

/** Two calls that are in flight together, the second of which has just begun. */
export function meet(one: Flying, other: Flying): void {
  const names = [entryOf(one.op), entryOf(other.op)] as const
  const apart = names[0] !== null && names[1] !== null && names[0] !== names[1]
  const write = writes(one.op) || writes(other.op) || names.includes(null)
  const both = one.creates && other.creates && names[0] === names[1]
  for (const [of, beside] of [
    [one, other],
    [other, one],
  ] as const) {
    const { company } = of
    if (apart) company.other = true
    else if (write) company.same = true
    if (both) company.creator = true
    if (upsets(beside)) company.upset = true
  }
}
