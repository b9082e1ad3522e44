import { tellOutcome } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

/** What a page asked for was not granted to it: the call has to be refused, and must leave nothing. */
export const told: Pick<Requirement, 'breach'> = {
  breach: ({ call, wrong }) => {
    if (wrong !== null) return wrong
    if (call === null || call.outcome.is === 'info') return null
    const { outcome } = call
    const expected = "'access-denied'"
    if (outcome.is === 'ok') return { kind: 'answered', expected, seen: tellOutcome(outcome) }
    const { code } = outcome.failure
    return code === 'access-denied' ? null : { kind: code, expected, seen: tellOutcome(outcome) }
  },
}
