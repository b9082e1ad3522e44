import type { Code } from '../contract/codes.ts'
import type { Outcome } from '../contract/history.ts'

/** Codes of a call that did not get at what it needed. */
const codes: ReadonlySet<Code> = new Set([
  'store-locked',
  'unavailable',
  'internal',
  'timeout',
  'busy',
  'user-cancelled',
  'system-cancelled',
  'access-denied',
  'auth-failed',
])

/** Whether a call ended without having been served, whatever it was about. */
export const keptOut = (outcome: Outcome): boolean =>
  outcome.is === 'fail'
    ? codes.has(outcome.failure.code)
    : outcome.is === 'info' && (outcome.why === 'stuck' || outcome.why === 'deadline')
