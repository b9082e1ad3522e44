import type { Wrong } from './call-fact.ts'

/** A name in a list that is none of ours, once a long value was stored. */
export const spilt: Wrong = {
  kind: 'spilt',
  expected: 'the names of entries that were stored',
  seen: 'a name that nobody stored, after a long value was',
}
