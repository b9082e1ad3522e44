import fc, { type Arbitrary } from 'fast-check'
import type { OperationName } from '../contract/operations.ts'
import type { Command } from '../contract/program.ts'
import type { SignedRef } from '../contract/transactions.ts'
import type { Weighted } from './commands.ts'
import { pick, record } from './one-form.ts'
import type { Ground } from './scenario.ts'

/** How often each call of a vault that signs is made. */
type SigningCall =
  | 'sign'
  | 'other'
  | 'publicKeys'
  | 'rotate'
  | 'giveKey'
  | 'invalidateKey'
  | 'verify'
  | 'verifyAltered'
  | 'handOver'
  | 'accept'
  | 'acceptAltered'
  | 'entries'

/**
 * Calls of a vault that signs. Most are about the first transaction of a few, so that they meet; `other` signs another one.
 * @param how `start` leaves each call pending
 */
export function signingCalls(
  { description }: Ground,
  weights: Partial<Record<SigningCall, number>>,
  how: 'call' | 'start' = 'call',
): readonly Weighted[] {
  const op = (name: OperationName, more: Record<string, Arbitrary<unknown>> = {}) =>
    [name, record({ do: pick(how), op: record({ op: pick(name), ...more }) }) as unknown as Arbitrary<Command>] as const
  const transaction = (least: number, most: number) =>
    record({ transaction: fc.integer({ min: least, max: most }), amount: fc.nat(2) })
  const signed = (state: SignedRef['how']) => record({ transaction: fc.nat(0), how: pick(state) })
  const key = record({
    canary: fc.integer({ min: 501, max: 503 }),
    size: fc.integer({ min: 32, max: 32 }),
    kind: pick('binary'),
  })
  const made: Record<SigningCall, readonly [OperationName, Arbitrary<Command>]> = {
    sign: op('sign', { transaction: transaction(0, 0) }),
    other: op('sign', { transaction: transaction(1, 3) }),
    publicKeys: op('publicKeys'),
    rotate: op('rotateKey'),
    giveKey: op('rotateKey', { key }),
    invalidateKey: op('invalidateKey'),
    verify: op('verifySigned', { signed: signed('as-given') }),
    verifyAltered: op('verifySigned', { signed: signed('altered') }),
    handOver: op('handOver'),
    accept: op('accept', { signed: signed('as-given') }),
    acceptAltered: op('accept', { signed: signed('altered') }),
    entries: op('entries'),
  }
  return (Object.entries(weights) as [SigningCall, number][])
    .filter(([call]) => description.operations.includes(made[call][0]))
    .filter(([call]) => call !== 'giveKey' || description.signing?.keys === 'given')
    .map(([call, weight]) => ({ weight, arbitrary: made[call][1] }))
}
