/** A thread that does one thing at a time, each an effect of its own, in the order in which they were handed to it. */
export interface Looper {
  /** `later`: nobody waits for it, so that it happens after a while and not at once. */
  post(run: () => unknown, later?: boolean): void
}

/**
 * Makes a looper. Nothing runs inside `post`: code never hears an answer before the call that asked for it returned.
 * `uncaught` is told what a run threw, at once or later.
 */
export const createLooper = (
  pass: (effect: () => void, later: boolean) => Promise<void>,
  uncaught: (error: unknown) => void,
): Looper => {
  const waiting: { readonly run: () => unknown; readonly later: boolean }[] = []
  let busy = false
  let due = false

  const arrange = () => {
    if (busy || due || waiting.length === 0) return
    due = true
    queueMicrotask(take)
  }
  const take = () => {
    due = false
    const next = waiting.shift()
    if (next === undefined) return
    const { run, later } = next
    busy = true
    void pass(() => {
      busy = false
      arrange()
      try {
        const result = run()
        if (result instanceof Promise) result.catch(uncaught)
      } catch (error) {
        uncaught(error)
      }
    }, later)
  }
  return {
    post(run, later = false) {
      waiting.push({ run, later })
      arrange()
    },
  }
}
