import { Refusal } from '../failure.ts'
import { requireSignature } from './offline-signer.ts'
import type { PublicKey } from './signing-keys.ts'
import { parseSigned, type Transaction } from './transaction.ts'

/** Which transactions a receiver has had. Adding one that is there gives false, as a unique index does. */
export interface SeenTransactions {
  add(id: string): Promise<boolean>
}

/** The other end: believes a transaction once. */
export interface Receiver {
  /** @throws Refusal `rejected` where it is not signed as it must be, `replayed` where it was accepted before */
  accept(signed: string): Promise<Transaction>
}

/**
 * @param keys those that this signer was enrolled with; one that was rotated out still proves what it signed in its time
 */
export const receiver = (signer: string, keys: readonly PublicKey[], seen: SeenTransactions): Receiver => ({
  async accept(text) {
    const signed = parseSigned(text)
    requireSignature(signed, signer, keys)
    if (!(await seen.add(signed.transaction.id)))
      throw new Refusal('replayed', { reason: 'this transaction was accepted before' })
    return signed.transaction
  },
})
