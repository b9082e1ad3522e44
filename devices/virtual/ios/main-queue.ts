import { AsyncLocalStorage } from 'node:async_hooks'

/** The main thread of the app: it does one thing at a time, and what blocks there freezes the app. */
export interface MainQueue {
  /** Runs `work` on it. `fell`: nothing caught what it threw. */
  run(work: () => unknown, fell: () => void): void
  /** Whether whoever asks is on it. */
  readonly here: boolean
}

/** Where code goes on after an `await` is where it was before: Node's own bookkeeping of that says which thread it is. */
export const createMainQueue = (): MainQueue => {
  const turns = new AsyncLocalStorage<{ over: boolean }>()
  return {
    run(work, fell) {
      const turn = { over: false }
      const end = () => {
        turn.over = true
      }
      try {
        const result = turns.run(turn, work)
        if (result instanceof Promise) result.then(end, fell).finally(end)
        else end()
      } catch {
        end()
        fell()
      }
    },
    get here() {
      return turns.getStore()?.over === false
    },
  }
}
