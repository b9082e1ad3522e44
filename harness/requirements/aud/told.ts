import type { Code } from '../../contract/codes.ts'
import { tellOutcome } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

/** What a vault may answer where its log is not what it was: codes by which an app knows that it was tampered with. */
const detections: ReadonlySet<Code> = new Set(['corrupt', 'rollback', 'wrong-key'])

/** The log is not what it was, and `verify` has to say so. */
export const told: Pick<Requirement, 'breach'> = {
  breach: ({ call }) => {
    if (call === null || call.outcome.is === 'info') return null
    const { outcome } = call
    const expected = "'corrupt' or 'rollback'"
    if (outcome.is === 'ok') return { kind: 'verifies', expected, seen: 'ok' }
    return detections.has(outcome.failure.code)
      ? null
      : { kind: outcome.failure.code, expected, seen: tellOutcome(outcome) }
  },
}
