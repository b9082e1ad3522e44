import type { Effects } from '../../harness/contract/device.ts'

/** The numbered seam of the simulated device, with the side that its ports use. */
export interface Seam extends Omit<Effects, 'fireTimer'> {
  /** Passes one effect: at once or when it is completed. Never settles for a process that has died meanwhile. */
  pass<T>(effect: () => T | Promise<T>): Promise<T>
  /** Passes one effect that nobody waits for: not at once, but when it is completed, or by `flush`. */
  later(effect: () => void): Promise<void>
  /** Completes the effects that nobody waits for, oldest first. False where there were none. */
  flush(): boolean
  /** Follows work that goes on outside the seam; its result never reaches a process that has died meanwhile. */
  follow<T>(work: Promise<T>): Promise<T>
  /** Counts the deaths of the process behind the seam: what was begun under another number is nobody's any more. */
  generation(): number
  /** False from a strike until `drop`. */
  alive(): boolean
  /** As new. */
  reset(): void
}

/** An effect that waits, or one begun after a strike: nobody ever hears of it. Fresh each time, so that it can be freed. */
const never = (): Promise<never> => new Promise(() => {})

/** Makes a seam with `hold` off and nothing armed. */
export const createSeam = (): Seam => {
  let waiting: { readonly happen: () => void; readonly later: boolean }[] = []
  let inFlight = new Set<Promise<void>>()
  let held = false
  let dead = false
  let passed = 0
  let generation = 0
  let strike: (() => void) | null = null
  let untilStrike = 0

  const forget = () => {
    generation += 1
    if (waiting.length > 0) waiting = []
    if (inFlight.size > 0) inFlight = new Set()
  }
  /** True when a strike took the place of this effect. */
  const struck = (): boolean => {
    if (strike === null) return false
    if (untilStrike > 0) {
      untilStrike -= 1
      return false
    }
    const now = strike
    strike = null
    dead = true
    forget()
    now()
    return true
  }

  const wait = <T>(effect: () => T | Promise<T>, later: boolean): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const happen = () => {
        try {
          resolve(effect())
        } catch (error) {
          reject(error)
        }
      }
      waiting.push({ happen, later })
    })
  const complete = (index: number) => {
    const one = waiting[index]
    if (one === undefined) {
      throw new RangeError(`effect ${index} was to be completed, but ${waiting.length} wait (a fault of the harness)`)
    }
    waiting.splice(index, 1)
    if (struck()) return
    passed += 1
    one.happen()
  }

  return {
    later: (effect) => (dead ? never() : wait(effect, true)),
    flush() {
      const due = waiting.filter(({ later }) => later)
      for (const one of due) {
        const index = waiting.indexOf(one)
        if (index >= 0) complete(index)
      }
      return due.length > 0
    },
    pass<T>(effect: () => T | Promise<T>): Promise<T> {
      if (dead) return never()
      if (held) return wait(effect, false)
      if (strike !== null && struck()) return never()
      passed += 1
      try {
        return Promise.resolve(effect())
      } catch (error) {
        return Promise.reject(error)
      }
    },
    follow<T>(work: Promise<T>): Promise<T> {
      const born = generation
      const flight = inFlight
      return new Promise<T>((resolve, reject) => {
        const delivered = work.then(
          (value) => {
            flight.delete(delivered)
            if (born === generation) resolve(value)
          },
          (error: unknown) => {
            flight.delete(delivered)
            if (born === generation) reject(error)
          },
        )
        flight.add(delivered)
      })
    },
    generation: () => generation,
    alive: () => !dead,
    pending: () => waiting.length,
    complete,
    count: () => passed,
    outside: () => (inFlight.size === 0 ? null : Promise.all(inFlight).then(() => undefined)),
    hold(on) {
      held = on
    },
    arm(n, doing) {
      strike = doing
      untilStrike = n
    },
    drop() {
      dead = false
      forget()
    },
    reset() {
      dead = false
      held = false
      strike = null
      passed = 0
      forget()
    },
  }
}
