import { setImmediate } from 'node:timers/promises'

/** How a promise stands once everything that can happen without help has happened. */
export type Settling<T> =
  | { readonly is: 'answered'; readonly value: T }
  | { readonly is: 'failed'; readonly error: unknown }
  | { readonly is: 'waiting' }

/** Waits for the promise, but only until all pending microtasks are done. Never hangs. */
export const settling = <T>(promise: Promise<T>): Promise<Settling<T>> =>
  Promise.race([
    promise.then(
      (value): Settling<T> => ({ is: 'answered', value }),
      (error: unknown): Settling<T> => ({ is: 'failed', error }),
    ),
    setImmediate<Settling<T>>({ is: 'waiting' }),
  ])
