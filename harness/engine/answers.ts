import { mapNative } from '../adapters/mapping.ts'
import { eventOf } from '../contract/events.ts'
import type { Outcome } from '../contract/history.ts'
import type { MappingRow } from '../contract/mapping.ts'
import {
  type Operation,
  type OperationName,
  operations,
  type SeenReturn,
  type VaultCall,
} from '../contract/operations.ts'
import type { Program } from '../contract/program.ts'
import { type SignedRef, transactionOf } from '../contract/transactions.ts'
import type { PinRef } from '../contract/values.ts'
import type { Answer } from '../contract/vault.ts'
import { type Canaries, isText } from './canary.ts'
import { AdapterFault } from './target.ts'

/** The names that a program uses. */
export const namesOf = ({ commands }: Program): ReadonlySet<string> =>
  new Set(
    commands.flatMap((step) =>
      step.do !== 'control' && 'name' in step.op && step.op.name !== undefined ? [step.op.name] : [],
    ),
  )

/** Why an operation means nothing to this vault, or null. */
export function inapplicable(op: Operation, offered: ReadonlySet<string>, text: boolean): string | null {
  if (!offered.has(op.op)) return `the vault has no '${op.op}'`
  if (op.op === 'put' && text && !isText(op.value.kind)) return 'the vault keeps text and this value is binary'
  return null
}

/** What the vault gave earlier in a program, and is given again. */
export interface GivenEarlier {
  /** The last checkpoint. */
  readonly checkpoint: string | null
  signed(ref: SignedRef): string | null
}
const nothing: GivenEarlier = { checkpoint: null, signed: () => null }

/** Why an operation cannot be asked yet, or null. */
export function unasked(op: Operation, { checkpoint, signed }: GivenEarlier): string | null {
  if (op.op === 'verify' && op.witnessed === true && checkpoint === null) return 'no checkpoint was given'
  if ((op.op === 'verifySigned' || op.op === 'accept') && signed(op.signed) === null)
    return 'no signed text of that transaction was given'
  return null
}

/** What the vault receives: secrets, events and transactions in place of their recipes. */
export function materialise(op: Operation, used: Canaries, { checkpoint, signed } = nothing): VaultCall {
  const pinOf = (pin: PinRef | null | undefined) =>
    pin === undefined || pin === null ? {} : { pin: used.makePin(pin) }
  switch (op.op) {
    case 'put':
      return { ...op, value: used.make(op.value) }
    case 'setUp':
    case 'unlock':
      return { op: op.op, ...pinOf(op.pin), ...(op.key === undefined ? {} : { key: used.makeKey(op.key) }) }
    case 'addSlot':
      return { op: op.op, method: op.method, ...pinOf(op.pin) }
    case 'changePin':
      return { op: op.op, next: used.makePin(op.next), ...pinOf(op.pin) }
    case 'append':
      return { op: op.op, event: eventOf(op.event) }
    case 'verify':
      return { op: op.op, ...(op.witnessed === undefined || checkpoint === null ? {} : { witnessed: checkpoint }) }
    case 'sign':
      return { op: op.op, transaction: transactionOf(op.transaction) }
    case 'rotateKey':
      return { op: op.op, ...(op.key === undefined ? {} : { key: used.makeKey(op.key) }) }
    case 'verifySigned':
    case 'accept':
      return { op: op.op, signed: signed(op.signed) ?? '' }
    default:
      return op
  }
}

export function outcomeOfThrow(error: unknown): Outcome {
  const native = {
    domain: 'javascript',
    code: null,
    type: error instanceof Error ? error.name : typeof error,
    message: '',
  }
  return { is: 'fail', failure: { code: 'internal', reason: 'the adapter threw' }, native }
}

export function outcomeOf(answer: Answer, op: OperationName, used: Canaries, table: readonly MappingRow[]): Outcome {
  switch (answer.is) {
    case 'ok':
      return { is: 'ok', value: seenReturn(answer.value, op, used) }
    case 'fail':
      return { is: 'fail', failure: answer.failure }
    case 'native': {
      const failure = mapNative(table, answer.native, op)
      // The text may hold a secret, and nobody may parse it: histories keep only the identity.
      return { is: 'fail', failure, native: { ...answer.native, message: '' } }
    }
    default:
      throw new AdapterFault(`The adapter answered '${op}' with what is no answer of the contract.`)
  }
}

function seenReturn(value: unknown, op: OperationName, used: Canaries): SeenReturn {
  if (op === 'get') {
    if (typeof value === 'string' || value instanceof Uint8Array) return used.recognise(value)
    return { is: 'altered', of: null, how: 'unlike', size: 0 }
  }
  const checked = operations[op].returns.safeParse(value)
  return checked.success ? checked.data : null
}
