import type { Code } from '../contract/codes.ts'
import type { Description } from '../contract/description.ts'
import { type CallFact, entryOf } from '../judging/call-fact.ts'
import { overLimit, touchOf } from '../judging/concern.ts'
import { isPlain, refusals } from '../judging/names.ts'

/**
 * Codes by which this call may be refused whatever the world is in: for the name or the value that it gives, for what is
 * not there, and for where the vault stands in its life.
 */
export function ownRefusals(call: CallFact, description: Description): readonly Code[] {
  const { op, vault, possible } = call
  const name = entryOf(op)
  const touch = op.op === 'put' ? touchOf(op.value, name ?? '', description) : 'ordinary'
  const odd = touch === 'empty' || touch === 'nul' || (name !== null && !isPlain(name))
  const long = op.op === 'put' && overLimit(op.value, description) !== 0 && (touch === 'large' || touch === 'wide')
  // A write beside it may have ended first, and the read still have looked before.
  const before = call.overlapped && call.deviation === null
  const missing = op.op !== 'put' && (before || possible?.includes(null) === true)
  return [
    ...(odd ? refusals : []),
    ...(long ? (['too-large'] as const) : []),
    ...(missing ? (['not-found'] as const) : []),
    ...ofLife(op.op, vault),
  ]
}

/** What a vault says that is not set up or not open. Of one without a lifecycle it is known to be open. */
function ofLife(op: CallFact['op']['op'], vault: CallFact['vault']): readonly Code[] {
  if (op === 'setUp') return vault === 'not-set-up' ? [] : ['already-set-up']
  if (vault === 'unlocked' || op === 'reset' || op === 'lock' || op === 'state' || op === 'availability') return []
  const notSetUp: readonly Code[] = vault === 'locked' ? [] : ['not-set-up']
  return op === 'unlock' ? notSetUp : [...notSetUp, 'vault-locked']
}
