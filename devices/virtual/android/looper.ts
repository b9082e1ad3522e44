/**
 * A thread that does one thing at a time, each an effect of its own, in the order in which they were handed to it. What
 * it does is done when a promise that it returned is settled: code that blocks there lets nothing else happen.
 */
export interface Looper {
  /** Whether what it does waits for something. */
  readonly held: boolean
  /** `later`: nobody waits for it, so that it happens after a while and not at once. */
  post(run: () => unknown, later?: boolean): void
  /** The same for what the system does at its request, also while it waits. */
  request(run: () => void): void
}

interface Item {
  readonly run: () => unknown
  readonly later: boolean
  readonly ofSystem: boolean
}

/**
 * Makes a looper. Nothing runs inside `post`: code never hears an answer before the call that asked for it returned.
 * `uncaught` is told what a run threw, at once or later.
 */
export const createLooper = (
  pass: (effect: () => void, later: boolean) => Promise<void>,
  uncaught: (error: unknown) => void,
): Looper => {
  const waiting: Item[] = []
  let busy = false
  let due = false
  let held = false

  const next = (): number => (held ? waiting.findIndex(({ ofSystem }) => ofSystem) : waiting.length > 0 ? 0 : -1)
  const arrange = () => {
    if (busy || due || next() < 0) return
    due = true
    queueMicrotask(take)
  }
  const hold = (work: Promise<unknown>) => {
    held = true
    const release = () => {
      held = false
      arrange()
    }
    work.then(release, (error: unknown) => {
      uncaught(error)
      release()
    })
    arrange()
  }
  const take = () => {
    due = false
    const index = next()
    const item = waiting[index]
    if (item === undefined) return
    waiting.splice(index, 1)
    const { run, later } = item
    busy = true
    void pass(() => {
      busy = false
      arrange()
      try {
        const result = run()
        if (result instanceof Promise) hold(result)
      } catch (error) {
        uncaught(error)
      }
    }, later)
  }
  const hand = (item: Item) => {
    waiting.push(item)
    arrange()
  }
  return {
    get held() {
      return held
    },
    post: (run, later = false) => hand({ run, later, ofSystem: false }),
    request: (run) => hand({ run, later: false, ofSystem: true }),
  }
}
