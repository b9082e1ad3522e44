import type { Description } from '../contract/description.ts'
import type { AccessPolicy, Operation } from '../contract/operations.ts'
import { entryOf } from './call-fact.ts'
import type { PhoneFact } from './phone-fact.ts'
import type { Secured } from './secured.ts'

/** What operations do to what is kept under a policy: to entries, or to the key of a vault with a lifecycle. */
export interface PhoneCalls {
  /** The policy of a write that names none. */
  readonly first: AccessPolicy
  doing(op: Operation): PhoneFact['does']
  /** What it is about; null where that is nothing under a policy. */
  subjectOf(op: Operation): string | null
  policyOf(op: Operation, of: Secured | undefined): AccessPolicy
}

/** Stands for the key of a vault with a lifecycle, among names of entries. */
const vaultKey = '\0vault'

export function phoneCalls(description: Description): PhoneCalls {
  const lifecycle = description.profiles.includes('lifecycle')
  const first: AccessPolicy = description.biometric?.policies[0] ?? 'none'
  const doing = (op: Operation): PhoneFact['does'] => {
    switch (op.op) {
      case 'authenticate':
        return 'ask'
      case 'unlock':
        return 'ask'
      case 'setUp':
        return 'write'
      case 'get':
        return lifecycle ? 'other' : 'ask'
      case 'put':
        return lifecycle ? 'other' : 'write'
      case 'delete':
      case 'has':
      case 'list':
        return lifecycle ? 'other' : 'look'
      default:
        return 'other'
    }
  }
  const subjectOf = (op: Operation): string | null =>
    op.op === 'unlock' || op.op === 'setUp' || op.op === 'reset' ? vaultKey : lifecycle ? null : entryOf(op)
  const policyOf = (op: Operation, of: Secured | undefined): AccessPolicy =>
    op.op === 'put'
      ? (op.access ?? first)
      : op.op === 'setUp' || op.op === 'authenticate'
        ? first
        : (of?.policy ?? 'none')
  return { first, doing, subjectOf, policyOf }
}
