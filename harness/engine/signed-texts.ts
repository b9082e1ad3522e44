import type { Outcome } from '../contract/history.ts'
import type { Operation } from '../contract/operations.ts'
import { type SignedRef, transactionId, transactionOf, transactionsIn } from '../contract/transactions.ts'

/**
 * The signed texts that a vault gave in one program. Signatures differ each time that they are made, so histories hold the
 * id of what was signed in place of them.
 */
export interface SignedTexts {
  /** The outcome as histories hold it. A text of which nobody can say what it is of becomes `unknown`. */
  seen(op: Operation, outcome: Outcome): Outcome
  /** What a vault is given for this; null where it gave no such text. */
  text(ref: SignedRef): string | null
}

const unknown = 'unknown'

/** One character of it changed: of the amount where that is seen, else the one in the middle. */
function altered(text: string, transaction: number): string {
  const amounts = Array.from({ length: 100 }, (_, amount) => transactionOf({ transaction, amount }).fields.amount)
  const found = amounts.map((amount) => text.indexOf(amount)).find((at) => at >= 0)
  const at = found ?? Math.floor(text.length / 2)
  return `${text.slice(0, at)}${text[at] === '2' ? '3' : '2'}${text.slice(at + 1)}`
}

export function signedTexts(): SignedTexts {
  const texts = new Map<number, string>()
  const labelOf = (text: string): string => {
    const [known] = [...texts].find(([, given]) => given === text) ?? []
    const [named] = known === undefined ? transactionsIn(text) : [known]
    if (named === undefined) return unknown
    // One that a killed call had made is known from here on.
    if (!texts.has(named)) texts.set(named, text)
    return transactionId(named)
  }
  return {
    seen(op, outcome) {
      if (outcome.is !== 'ok') return outcome
      const { value } = outcome
      if (op.op === 'sign' && typeof value === 'string') {
        if (value === '') return { is: 'ok', value: null }
        texts.set(op.transaction.transaction, value)
        return { is: 'ok', value: transactionId(op.transaction.transaction) }
      }
      if (op.op === 'handOver' && Array.isArray(value))
        return { is: 'ok', value: (value as readonly string[]).map(labelOf) }
      return outcome
    },
    text({ transaction, how }) {
      const text = texts.get(transaction)
      if (text === undefined) return null
      return how === 'as-given' ? text : altered(text, transaction)
    },
  }
}
