import type { Description } from '../contract/description.ts'
import type { CallFact } from './call-fact.ts'
import { type Before, existsFor } from './situate.ts'

/**
 * Whether a call, made while another keyring provider is in the place of the one that the vault used, is one that must
 * not be answered as if there had never been a vault. `fits`: the PIN is one that may open, or none is asked for.
 */
export function asksWithOtherKeyring(
  fact: CallFact,
  before: Before | null,
  fits: boolean,
  { profiles }: Description,
): boolean {
  const { op, outcome, overlapped, keyring, vault } = fact
  if (overlapped || keyring !== 'unlocked') return false
  if (outcome.is === 'info' && (outcome.why === 'killed' || outcome.why === 'lost')) return false
  if (profiles.includes('lifecycle'))
    return vault === 'locked' && (op.op === 'state' || op.op === 'setUp' || (op.op === 'unlock' && fits))
  return op.op === 'put' || ((op.op === 'get' || op.op === 'has') && existsFor(fact, before))
}
