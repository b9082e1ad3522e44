import type { Code } from '../contract/codes.ts'
import type { Description } from '../contract/description.ts'
import type { Outcome } from '../contract/history.ts'
import type { Operation } from '../contract/operations.ts'

/** Which PINs may open the vault, and how often a wrong one was told so. */
export interface Pins {
  /** Empty where the vault asks for none. */
  readonly possible: readonly number[]
  /** Verdicts `wrong-pin` that the vault has surely counted since the last success, clocks put forward not counted. */
  readonly guesses: number
  /** What the vault may have counted at most: killed calls with it, and those before a wait. */
  readonly mostGuesses: number
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

/** A lockout may be told of the wrong PIN that brings it, or of any PIN after it. */
const lockouts: ReadonlySet<Code> = new Set(['locked-out-temporary', 'locked-out-permanent'])

export function pins(description: Description): Pins {
  const asks = description.profiles.includes('pin')
  let possible: readonly number[] = asks ? [0] : []
  let guesses = 0
  let mostGuesses = 0
  let halfChanged = false

  const wrong = () => {
    guesses++
    mostGuesses++
  }
  const forgiven = () => {
    guesses = 0
    mostGuesses = 0
  }
  const mayCount = (pin: number) => {
    if (possible.length > 1 || !possible.includes(pin)) mostGuesses++
  }
  const unlocked = (op: Operation, outcome: Outcome) => {
    const pin = given(op)
    if (pin === null || pin === undefined) return
    if (outcome.is === 'ok') {
      possible = [pin]
      forgiven()
    }
    if (outcome.is !== 'fail') return
    if (lockouts.has(outcome.failure.code)) mayCount(pin)
    if (outcome.failure.code !== 'wrong-pin') return
    wrong()
    if (possible.length > 1) possible = possible.filter((one) => one !== pin)
  }
  /** A PIN whose verdict nobody heard: a right one may have set the count back, a wrong one may have been counted. */
  const unheard = (pin: number | null | undefined) => {
    if (typeof pin !== 'number') return
    if (possible.includes(pin)) guesses = 0
    mayCount(pin)
  }
  const changed = (op: Operation & { op: 'changePin' }, outcome: Outcome) => {
    if (outcome.is === 'ok') {
      possible = [op.next.pin]
      forgiven()
    }
    if (outcome.is === 'fail' && outcome.failure.code === 'wrong-pin') wrong()
    if (outcome.is !== 'info') return
    // To the PIN that it has already is a change too: the slot is written anew.
    halfChanged = true
    possible = more(possible, op.next.pin)
  }
  return {
    get possible() {
      return possible
    },
    get guesses() {
      return guesses
    },
    get mostGuesses() {
      return mostGuesses
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
      if (outcome.is === 'info') unheard(given(op))
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
