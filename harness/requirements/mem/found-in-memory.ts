import type { Occurrence } from '../../judging/call-fact.ts'
import type { Breach } from '../requirement.ts'

/** The breach of a search of memory that found something. In which form is chance, and no part of the bug's name. */
export function foundInMemory({ seen }: Occurrence): Breach | null {
  const found = seen?.probe === 'memory' ? seen.found[0] : undefined
  if (found === undefined) return null
  return {
    kind: found.secret,
    expected: 'no trace of any secret in memory',
    seen: `${found.secret === 'pin' ? 'PIN' : 'secret'} #${found.canary} as ${found.encoding} in memory`,
  }
}
