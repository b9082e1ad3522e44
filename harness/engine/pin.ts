import type { Operation } from '../contract/operations.ts'
import type { PinRef, Secret } from '../contract/values.ts'
import { pinSize, writePin } from './canary-bytes.ts'

/** The digits of a PIN. */
export function pinSecret(ref: PinRef, text: boolean): Secret {
  const digits = Buffer.alloc(pinSize)
  writePin(ref, digits)
  return text ? digits.toString('latin1') : digits
}

/** The PINs that a call gives. */
export function pinsIn(op: Operation): readonly PinRef[] {
  const given = 'pin' in op && op.pin !== undefined && op.pin !== null ? [op.pin] : []
  return op.op === 'changePin' ? [...given, op.next] : given
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
