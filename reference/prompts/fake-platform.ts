import type { PromptClock, PromptEvent, Prompter, PromptId } from './prompter.ts'

/** What a match on this platform sets free: which prompt it was, so that another's verdict shows. */
export interface Released {
  readonly shown: number
}
type Listener = (event: PromptEvent<Released>) => void

/** How the platform takes the next prompt: as it should, or with an answer, or none, before `show` returns. */
export const manners = ['quiet', 'matches-at-once', 'fails-at-once', 'throws'] as const
export type Manner = (typeof manners)[number]
/** How a dismissed prompt goes down: with a word at once, with a word later, or without one. */
export const farewells = ['at-once', 'later', 'silently'] as const
export type Farewell = (typeof farewells)[number]

export interface ShownPrompt {
  readonly id: PromptId
  readonly listener: Listener
  up: boolean
  /** The time at which it was dismissed. */
  dismissed: number | null
  /** It told its end to its own listener, so that the queue may know. */
  ended: boolean
}

/** A clock that stands until it is moved. */
export function fakeClock(): PromptClock & { now(): number; advance(ms: number): void } {
  let now = 0
  let timers: { readonly at: number; readonly ring: () => void }[] = []
  return {
    now: () => now,
    after(ms, ring) {
      const timer = { at: now + ms, ring }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance(ms) {
      const end = now + ms
      for (;;) {
        const due = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (due === undefined) break
        timers = timers.filter((other) => other !== due)
        now = due.at
        due.ring()
      }
      now = end
    },
  }
}

/** Milliseconds after which a dismissed prompt is down, where it does not go at once. Within the queue's grace. */
export const farewellMs = 300
export const matched = (shown: number, { id }: { id: PromptId }): PromptEvent<Released> => ({
  prompt: id,
  is: 'succeeded',
  released: { shown },
})
export const refused = ({ id }: { id: PromptId }): PromptEvent<Released> => ({
  prompt: id,
  is: 'error',
  failure: { code: 'locked-out-temporary' },
})

/** A platform that shows prompts as a program says. `onShow` hears of each before its listener can. */
export function fakePlatform(
  clock: PromptClock & { now(): number },
  onShow: (prompt: ShownPrompt, manner: Manner) => void,
) {
  const prompts: ShownPrompt[] = []
  const next: { manner: Manner; farewell: Farewell } = { manner: 'quiet', farewell: 'later' }
  const finish = (prompt: ShownPrompt, event: PromptEvent<Released>) => {
    prompt.up = false
    prompt.ended = true
    prompt.listener(event)
  }
  const prompter: Prompter<Released> = {
    show(id, listener) {
      const prompt: ShownPrompt = { id, listener, up: true, dismissed: null, ended: false }
      const { manner, farewell } = next
      next.manner = 'quiet'
      onShow(prompt, manner)
      prompts.push(prompt)
      if (manner === 'throws') {
        prompt.up = false
        prompt.ended = true
        throw new TypeError('no activity')
      }
      if (manner === 'matches-at-once') finish(prompt, matched(prompts.length - 1, prompt))
      if (manner === 'fails-at-once') finish(prompt, refused(prompt))
      return {
        dismiss() {
          prompt.dismissed = clock.now()
          const goes = () => {
            const cancelled = { prompt: id, is: 'error', failure: { code: 'system-cancelled' } } as const
            if (!prompt.up) return
            if (farewell === 'silently') prompt.up = false
            else finish(prompt, cancelled)
          }
          if (farewell === 'at-once') goes()
          else clock.after(farewellMs, goes)
        },
      }
    },
  }
  return { prompter, prompts, next, finish }
}
