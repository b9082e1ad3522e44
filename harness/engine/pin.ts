import type { Operation } from '../contract/operations.ts'
import type { PinRef, Secret } from '../contract/values.ts'

/** The digits of a PIN. Twelve, so that finding them somewhere cannot be chance. */
export function pinSecret({ pin }: PinRef, text: boolean): Secret {
  // A full-period step: different PINs differ in most digits.
  const digits = String(
    (Number((BigInt(pin + 1) * 387_420_489_727n) % 899_999_999_999n) + 100_000_000_000) % 1_000_000_000_000,
  )
  return text ? digits : Buffer.from(digits, 'latin1')
}

/** Where a program names no PIN, the person who knows it gives it. */
export function withKnownPin(op: Operation, known: PinRef): Operation {
  switch (op.op) {
    case 'setUp':
    case 'unlock':
    case 'changePin':
    case 'addSlot':
      return op.pin === undefined ? { ...op, pin: known } : op
    default:
      return op
  }
}

/** The PIN that the person knows once the call was acknowledged. */
export function pinAfter(op: Operation, known: PinRef): PinRef {
  if (op.op === 'changePin') return op.next
  return op.op === 'setUp' && op.pin !== undefined && op.pin !== null ? op.pin : known
}
