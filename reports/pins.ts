import type { Event } from '../harness/contract/history.ts'
import type { Operation } from '../harness/contract/operations.ts'
import type { PinRef } from '../harness/contract/values.ts'

/** Which PIN opens the vault as a story goes on, so that a reader knows whether the one that is given is right. */
export interface Pins {
  /** `PIN #3, a wrong one`, where that is known and matters. */
  given(op: Operation): string | null
  /** What happened next. */
  take(event: Event): void
}

/** @param first the PIN with which the session sets its vaults up */
export function pins(first: PinRef = { pin: 0 }): Pins {
  let right: number | null = first.pin
  let changed = false
  const calls = new Map<number, Operation>()
  return {
    given(op) {
      const pin = 'pin' in op ? op.pin : undefined
      if (pin === undefined || pin === null) return null
      const name = `PIN #${pin.pin}`
      if (op.op === 'setUp' || right === null) return name
      return `${name}, ${pin.pin === right ? 'the right one' : 'a wrong one'}`
    },
    take(event) {
      if (event.type === 'invoke') calls.set(event.call, event.op)
      // An older copy may open by an older PIN.
      if (event.type === 'control' && event.control.control === 'restore-files' && changed) right = null
      if (event.type !== 'return' || event.outcome.is === 'fail') return
      const op = calls.get(event.call)
      const next = op?.op === 'changePin' ? op.next : op?.op === 'setUp' ? op.pin : undefined
      if (op?.op === 'reset') right = null
      if (next === undefined || next === null) return
      changed = true
      // What was killed may have taken effect or not.
      right = event.outcome.is === 'ok' ? next.pin : null
    },
  }
}
