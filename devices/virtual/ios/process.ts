import type { Seam } from '../../simulation/seam.ts'

/** One process of the app. What it asks for after its death never happens, and it never hears of it. */
export interface AppProcess {
  alive(): boolean
  /** One effect of the numbered seam. */
  pass<T>(effect: () => T | Promise<T>): Promise<T>
  /** One effect that nobody waits for: after a while, not at once. */
  later(effect: () => void): void
  /** Runs on the queue that hears of prompts: one effect each, always in the order in which they were posted. */
  post(run: () => void): void
}

export const createProcess = (seam: Seam): AppProcess => {
  const born = seam.generation()
  const queue: (() => void)[] = []
  const alive = () => seam.alive() && seam.generation() === born
  const pass = <T>(effect: () => T | Promise<T>): Promise<T> =>
    alive() ? seam.pass(effect) : new Promise<never>(() => {})
  return {
    alive,
    pass,
    later(effect) {
      if (alive()) void seam.later(effect)
    },
    post(run) {
      queue.push(run)
      // Whichever effect completes first runs what was posted first: a schedule cannot turn callbacks around.
      void pass(() => queue.shift()?.())
    },
  }
}
