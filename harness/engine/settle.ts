import { setImmediate as macrotask } from 'node:timers/promises'
import type { Device, WatchedPrompts } from '../contract/device.ts'

/** Waits for calls to settle: exactly and instantly where effects pass the seam, by a deadline elsewhere. */
export interface Settler {
  /** Until `done()`, a strike, or certainty that it never will be. */
  until(done: () => boolean): Promise<'done' | 'stuck' | 'deadline'>
  /**
   * Lets effects complete, for what is done to the world between them: as many as the schedule's next number says
   * (`some`); as many as it takes for a prompt to be up (`prompt`); or all that follow from what was just done, where
   * that number is even, else as many as it says (`rest`). Where effects cannot be seen, always until a prompt is up or all is over.
   * @param over whether no call is pending any more
   */
  advance(how: 'some' | 'prompt' | 'rest', over: () => boolean): Promise<void>
  /** Lets happen what the system does by itself after a while: before a look at what is kept, and before an end in good order. */
  flush(): Promise<void>
  /** Lets so many milliseconds pass, in which calls go on. Where effects pass the seam time is simulated, and none does. */
  pass(ms: number): Promise<void>
  /** Lets all calls run as far as they can without any effect completing, where that can be known. */
  quiet(): Promise<void>
  /** Wakes waiters when this settles. */
  watch(answer: Promise<void>): void
  /** Remembers a fault to be thrown where the session can end in order. */
  fault(error: Error): void
  check(): void
}

/**
 * Until every promise that can settle by itself has: Node runs the next tick when no microtask is left. A whole turn of
 * the event loop would say the same at ten times the cost.
 */
const quiet = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve))

const already = Promise.resolve()

/** Prompts answered and timers fired for one call, at most: a vault that asks again and again would never be done. */
const mostTurns = 500
/** Effects that complete before a control, at most: a call makes hardly more. */
const mostAdvance = 12

/** Where prompts are only seen by looking: how long a call is waited for before each look is asked for. Milliseconds. */
const lookMs = 15
/** How long a prompt, or the end of a call, is waited for after a control. Milliseconds. */
const followMs = 2000
/** Prompts answered for one call, at most. */
const mostAnswered = 20

export function settler(
  device: Device,
  schedule: readonly number[],
  deadlineMs: number,
  struck: () => boolean,
): Settler {
  let next = 0
  const waiting = new Set<() => void>()
  let broken: Error | null = null
  const choose = (of: number): number => (of === 1 ? 0 : (schedule[next++] ?? 0) % of)
  const { prompts } = device

  const bySeam = async (done: () => boolean, effects: NonNullable<Device['effects']>) => {
    for (let turns = 0; ; ) {
      await quiet()
      if (done() || struck()) return 'done' as const
      const waiting = effects.pending()
      const outside = effects.outside()
      if (waiting > 0) effects.complete(choose(waiting))
      else if (outside !== null) await outside
      else if (turns++ > mostTurns) return 'stuck' as const
      // A prompt that nobody scripted is answered as it should be.
      else if (prompts?.up() !== true || !prompts.answer()) {
        // Nothing of ours is left. What a vault did behind the ports' back gets its turn before it is called stuck.
        await macrotask()
        if (!done() && !struck() && effects.pending() === 0 && !effects.fireTimer()) return 'stuck' as const
      }
    }
  }
  const advance = async (how: 'some' | 'prompt' | 'rest', effects: NonNullable<Device['effects']>) => {
    const number = how === 'prompt' ? 0 : (schedule[next++] ?? 0) % mostAdvance
    const all = how === 'prompt' || (how === 'rest' && number % 2 === 0)
    for (let passed = 0; all || passed < number; passed++) {
      await quiet()
      if (struck() || (how !== 'some' && prompts?.up() === true)) return
      const waiting = effects.pending()
      const outside = effects.outside()
      if (waiting > 0) effects.complete(choose(waiting))
      else if (outside !== null) await outside
      else return
    }
    await quiet()
  }
  /** Until `done()`, or for so long. Several may wait at once: an answer wakes each, and ends those that it was for. */
  const within = (done: () => boolean, ms: number) =>
    new Promise<void>((resolve) => {
      if (done()) return resolve()
      const end = () => {
        clearTimeout(timer)
        waiting.delete(look)
        resolve()
      }
      const look = () => {
        if (done()) end()
      }
      const timer = setTimeout(end, ms)
      waiting.add(look)
    })
  const byLooking = async (done: () => boolean, watched: WatchedPrompts) => {
    const until = performance.now() + deadlineMs
    for (let answered = 0; answered < mostAnswered; ) {
      await within(done, lookMs)
      if (done() || struck()) return 'done' as const
      if (performance.now() > until) break
      // A prompt that nobody scripted is answered as it should be.
      if ((await watched.look(done)) && (await watched.answer())) answered++
    }
    return 'deadline' as const
  }
  /** A prompt that comes up unseen could not be told from none: each call gets on until one is up, or it is over. */
  const advanceByLooking = async (over: () => boolean, watched: WatchedPrompts) => {
    for (const until = performance.now() + followMs; !over() && performance.now() < until; ) {
      await within(over, lookMs)
      if (over() || (await watched.look(over))) return
    }
  }
  const byDeadline = async (done: () => boolean) => {
    await within(done, deadlineMs)
    return done() ? ('done' as const) : ('deadline' as const)
  }

  return {
    until(done) {
      if (device.effects !== undefined) return bySeam(done, device.effects)
      return device.watched === undefined ? byDeadline(done) : byLooking(done, device.watched)
    },
    advance(how, over) {
      if (device.effects !== undefined) return advance(how, device.effects)
      return device.watched === undefined ? already : advanceByLooking(over, device.watched)
    },
    async flush() {
      if (device.effects?.flush === undefined) return
      while (device.effects.flush()) await quiet()
    },
    pass: (ms) => (device.effects === undefined ? within(() => false, ms) : already),
    quiet: () => (device.effects === undefined ? already : quiet()),
    watch(answer) {
      if (device.effects !== undefined) return
      void answer.then(() => {
        for (const look of [...waiting]) look()
      })
    },
    fault(error) {
      broken ??= error
    },
    check() {
      if (broken !== null) throw broken
    },
  }
}
