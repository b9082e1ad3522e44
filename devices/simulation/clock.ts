import type { Clock } from '../../harness/contract/platforms/desktop.ts'
import type { Seam } from './seam.ts'

/** Virtual time. Nothing passes unless somebody lets it. */
export interface VirtualClock {
  readonly port: Clock
  /** Milliseconds since `reset`; never goes back. */
  elapsed(): number
  /** Lets time pass; a negative number sets the wall clock back and lets none pass. Timers that come due are effects. */
  advance(ms: number): void
  /** Lets time pass to the earliest timer. False when nobody waits for one. */
  passToTimer(): boolean
  reset(): void
}

interface Timer {
  readonly due: number
  readonly generation: number
  readonly fire: () => void
}

/** What the wall clock shows at `reset`: 2030-01-01T00:00:00Z in milliseconds, so that runs are the same every day. */
export const epochMs = Date.UTC(2030, 0, 1)

/** Makes a clock whose timers pass the seam when they come due. */
export const createClock = (seam: Seam): VirtualClock => {
  let elapsed = 0
  let wall = epochMs
  let timers: Timer[] = []

  const waitedFor = (): readonly Timer[] => {
    if (timers.length > 0) timers = timers.filter((timer) => timer.generation === seam.generation())
    return timers
  }
  const advance = (ms: number) => {
    wall += ms
    if (ms <= 0) return
    elapsed += ms
    const due = waitedFor().filter((timer) => timer.due <= elapsed)
    timers = timers.filter((timer) => timer.due > elapsed)
    for (const timer of due.sort((a, b) => a.due - b.due)) timer.fire()
  }

  return {
    port: {
      now: () => wall,
      after(ms) {
        if (!(ms > 0)) return seam.pass(() => undefined)
        return new Promise<void>((resolve) => {
          const fire = () => void seam.pass(resolve)
          timers.push({ due: elapsed + ms, generation: seam.generation(), fire })
        })
      },
    },
    elapsed: () => elapsed,
    advance,
    passToTimer() {
      const earliest = Math.min(...waitedFor().map((timer) => timer.due))
      if (earliest === Number.POSITIVE_INFINITY) return false
      advance(earliest - elapsed)
      return true
    },
    reset() {
      elapsed = 0
      wall = epochMs
      if (timers.length > 0) timers = []
    },
  }
}
