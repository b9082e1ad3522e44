import type { FoundSecret } from '../../contract/history.ts'
import type { Occurrence } from '../../judging/call-fact.ts'
import type { Breach } from '../requirement.ts'

/** How a secret lies in memory where nobody converted it. */
const asGiven = 'utf-8'

const foundBy = ({ seen }: Occurrence): readonly FoundSecret[] => (seen?.probe === 'memory' ? seen.found : [])

/** In which form is chance, and no part of the bug's name. */
const breachOf = (found: FoundSecret | undefined): Breach | null =>
  found === undefined
    ? null
    : {
        kind: found.secret,
        expected: 'no trace of any secret in memory',
        seen: `${found.secret === 'pin' ? 'PIN' : 'secret'} #${found.canary} as ${found.encoding} in memory`,
      }

/** The breach of a search of memory that found something, in whatever form. */
export const foundInMemory = (occurrence: Occurrence): Breach | null => breachOf(foundBy(occurrence)[0])

/** The breach of one that found a secret byte by byte as it was given. */
export const foundAsGiven = (occurrence: Occurrence): Breach | null =>
  breachOf(foundBy(occurrence).find(({ encoding }) => encoding === asGiven))

/** The breach of one that found a secret in another form than it was given in. */
export const foundConverted = (occurrence: Occurrence): Breach | null =>
  breachOf(foundBy(occurrence).find(({ encoding }) => encoding !== asGiven))
