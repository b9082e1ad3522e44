import { count } from './count.ts'
import type { ProgressOut } from './progress.ts'

/** A redraw costs more than an execution in process: no more often than this, in milliseconds. */
const redrawEvery = 80

/**
 * Shows on a terminal how shrinking goes on, in one line that is redrawn; elsewhere nothing.
 * @param now milliseconds of any clock
 */
export function shrinking(out: ProgressOut, now: () => number) {
  let drawnAt = Number.NEGATIVE_INFINITY
  let drawn = false
  return {
    take(executions: number, commands: number): void {
      if (out.isTTY !== true || now() - drawnAt < redrawEvery) return
      drawnAt = now()
      drawn = true
      out.write(`\r\x1b[KShrinking: ${count(commands, 'command')} left after ${count(executions, 'execution')}`)
    },
    clear(): void {
      if (drawn) out.write('\r\x1b[K')
      drawn = false
    },
  }
}
