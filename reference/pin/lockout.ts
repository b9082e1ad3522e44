import type { Clock } from '../../harness/contract/platforms/desktop.ts'
import { Refusal } from '../failure.ts'

/**
 * How often a PIN may be wrong in a row. After `free` wrong ones each further guess has to be waited for, 1, 2, 4, 8 and
 * then always 15 minutes; after `most` the PIN opens nothing any more. 100 is what SP 800-63B allows: who guesses finds
 * a random PIN of 4 digits with 1 chance in 100, one of 6 with 1 in 10,000, and no child plays for the 22 hours it takes.
 */
export const attempts = { free: 10, most: 100 } as const
const minute = 60_000
const longest = 15 * minute

/** Milliseconds to wait after so many wrong PINs in a row; null is for ever. */
export function waitAfter(failures: number): number | null {
  if (failures < attempts.free) return 0
  return failures >= attempts.most ? null : Math.min(longest, minute * 2 ** (failures - attempts.free))
}

/** Lets a guess be made, or not yet. One for each process. */
export interface Lockout {
  /** @throws Refusal `locked-out-temporary` while there is a wait to serve, `locked-out-permanent`. */
  admit(failures: number): void
  /** Notes a wrong PIN, which is durably counted already: its wait begins. */
  failed(failures: number): void
}

/**
 * Waits are served in the running process, by a timer that no clock setting moves, and anew after a restart. The wall
 * clock cannot serve here: whoever holds the machine sets it, forward too, and no time that survives a restart is out of
 * their reach. It only feeds the estimate that is shown.
 */
export function lockout(clock: Clock): Lockout {
  let waiting: { readonly failures: number; readonly since: number } | null = null
  let served = 0

  const begin = (failures: number, wait: number) => {
    const mine = { failures, since: clock.now() }
    waiting = mine
    served = 0
    void clock.after(wait).then(() => {
      if (waiting === mine) served = failures
    })
    return mine
  }
  return {
    admit(failures) {
      const wait = waitAfter(failures)
      if (wait === null) throw new Refusal('locked-out-permanent', { limit: attempts.most })
      if (wait === 0 || served === failures) return
      const { since } = waiting?.failures === failures ? waiting : begin(failures, wait)
      const left = Math.min(wait, Math.max(wait - (clock.now() - since), 1_000))
      throw new Refusal('locked-out-temporary', { retryAfterMs: left, remaining: 0, limit: attempts.free })
    },
    failed(failures) {
      const wait = waitAfter(failures)
      if (wait !== null && wait > 0) begin(failures, wait)
    },
  }
}
