/** Runs one piece of work after another, in the order of asking. */
export type Queue = <T>(work: () => Promise<T>) => Promise<T>

/**
 * A queue of one vault: whatever the order in which effects complete, no two operations overlap. Idle, it starts the
 * work within the call itself. Work that fails does not stop what waits behind it.
 */
export function queue(): Queue {
  const waiting: (() => void)[] = []
  let running = false
  return async (work) => {
    if (running) await new Promise<void>((resume) => waiting.push(resume))
    running = true
    try {
      return await work()
    } finally {
      // Stays `running` when handed over, so that nobody slips in between.
      const next = waiting.shift()
      if (next === undefined) running = false
      else next()
    }
  }
}
