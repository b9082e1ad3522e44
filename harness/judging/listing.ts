import type { Wrong } from './call-fact.ts'
import { lookAlike } from './names.ts'

/** What is wrong with a list of names, whatever the entries hold; null where nothing is. */
export function oddName(listed: readonly string[], used: readonly string[]): Wrong | null {
  const expected = 'each entry once, by the name under which it was stored'
  for (const [index, name] of listed.entries()) {
    if (listed.indexOf(name) !== index) return { kind: 'twice', expected, seen: `${JSON.stringify(name)} twice` }
    // A name that looks like a used one is an alias, which is told as such.
    if (!used.includes(name) && !used.some((one) => lookAlike(one, name)))
      return { kind: 'stranger', expected, seen: `${JSON.stringify(name)}, which nobody stored` }
  }
  return null
}
