import type { Description } from '../contract/description.ts'
import type { Outcome } from '../contract/history.ts'
import type { Operation } from '../contract/operations.ts'

/** Which PINs may open the vault, and how often a wrong one was told so. */
export interface Pins {
  /** Empty where the vault asks for none. */
  readonly possible: readonly number[]
  /** Verdicts `wrong-pin` since the last success, clocks put forward not counted. */
  readonly guesses: number
  /** A change of the PIN was killed, and it is not known yet which PIN opens. */
  readonly halfChanged: boolean
  /** Whether this call gives a PIN that may open, or none where none is asked. */
  fits(op: Operation): boolean
  returned(op: Operation, outcome: Outcome): void
  /** Time was let pass: a wait may be over. */
  waited(): void
}

const given = (op: Operation): number | null | undefined =>
  op.op === 'unlock' || op.op === 'setUp' || op.op === 'changePin' ? (op.pin === null ? null : op.pin?.pin) : undefined

const more = (pins: readonly number[], pin: number): readonly number[] => (pins.includes(pin) ? pins : [...pins, pin])

export function pins(description: Description): Pins {
  const asks = description.profiles.includes('pin')
  let possible: readonly number[] = asks ? [0] : []
  let guesses = 0
  let halfChanged = false

  const unlocked = (op: Operation, outcome: Outcome) => {
    const pin = given(op)
    if (pin === null || pin === undefined) return
    if (outcome.is === 'ok') {
      possible = [pin]
      guesses = 0
    }
    if (outcome.is !== 'fail' || outcome.failure.code !== 'wrong-pin') return
    guesses++
    if (possible.length > 1) possible = possible.filter((one) => one !== pin)
  }
  const changed = (op: Operation & { op: 'changePin' }, outcome: Outcome) => {
    if (outcome.is === 'ok') {
      possible = [op.next.pin]
      guesses = 0
    }
    if (outcome.is === 'fail' && outcome.failure.code === 'wrong-pin') guesses++
    if (outcome.is !== 'info') return
    halfChanged = possible.length === 1 && !possible.includes(op.next.pin)
    possible = more(possible, op.next.pin)
  }
  return {
    get possible() {
      return possible
    },
    get guesses() {
      return guesses
    },
    get halfChanged() {
      return halfChanged
    },
    fits(op) {
      const pin = given(op)
      return asks ? typeof pin === 'number' && possible.includes(pin) : true
    },
    returned(op, outcome) {
      if (!asks) return
      // Killed after the PIN was found right: the count may have been set back.
      const right = given(op)
      if (outcome.is === 'info' && typeof right === 'number' && possible.includes(right)) guesses = 0
      switch (op.op) {
        case 'unlock':
          unlocked(op, outcome)
          break
        case 'changePin':
          changed(op, outcome)
          break
        case 'setUp': {
          const pin = given(op)
          if (typeof pin !== 'number') break
          if (outcome.is === 'ok') possible = [pin]
          if (outcome.is === 'info') possible = more(possible, pin)
          if (outcome.is === 'ok') halfChanged = false
          break
        }
      }
    },
    waited() {
      guesses = 0
    },
  }
}
