import type { Control } from '../contract/controls.ts'

/**
 * How a sensor that sees wrong fingers locks itself: after every fifth miss for half a minute, after the twentieth until
 * the PIN is entered. On iOS after the fifth until the passcode is entered.
 */
export interface Lockout {
  /** What a prompt for a finger meets now: nothing, or a lockout; both near the end of a wait. */
  readonly fates: readonly ('usable' | 'locked-out' | 'locked-out-for-good')[]
  /** `at`: milliseconds of a clock that never goes back. */
  tick(at: number): void
  missed(): void
  /** Recognised, or the PIN was entered. */
  cleared(): void
  /** The PIN was entered elsewhere: not every phone counts that. */
  perhapsCleared(): void
  control(control: Control & { control: 'lock-out' }): void
}

/** Misses in a row, and how long the sensor then stays locked, in milliseconds; null: until the PIN is entered. */
export interface LockoutRule {
  readonly every: number
  readonly waits: number | null
  readonly forGood: number
}

const open = ['usable'] as const
/** Around the end of a wait both are possible. */
const slack = 500

export function lockout({ every, waits, forGood }: LockoutRule): Lockout {
  let fails = 0
  let until = 0
  let now = 0
  let perhaps = false
  const closing = () => {
    if (fails % every === 0) until = now + (waits ?? 0)
  }
  return {
    get fates(): Lockout['fates'] {
      if (fails >= forGood) return perhaps ? ['locked-out-for-good', 'usable'] : ['locked-out-for-good']
      if (until === 0 || now > until + slack) return open
      return now < until - slack && !perhaps ? ['locked-out'] : ['locked-out', 'usable']
    },
    tick(at) {
      now = at
    },
    missed() {
      fails++
      closing()
    },
    cleared() {
      fails = 0
      until = 0
      perhaps = false
    },
    perhapsCleared() {
      perhaps = fails > 0
    },
    control({ how }) {
      fails = how === 'permanent' || waits === null ? Math.max(fails, forGood) : (Math.floor(fails / every) + 1) * every
      closing()
    },
  }
}
