import {
  type Asked,
  nextPrompts,
  noPrompts,
  type PromptEffect,
  type PromptInput,
  type PromptState,
} from './prompt-state.ts'
import type { PromptClock, Prompter, PromptId, PromptVerdict, Shown } from './prompter.ts'

export interface PromptPorts<R> {
  readonly prompter: Prompter<R>
  readonly clock: PromptClock
  /** Names this process: no two ever have the same, so that what an earlier one left behind is never taken for ours. */
  readonly incarnation: string
}

export interface PromptRequest {
  readonly page: string
  /** False: answered `busy` at once where another prompt is up or waits. */
  readonly wait: boolean
  /** Milliseconds from the asking, whether the prompt was shown by then or not. */
  readonly timeoutMs: number
  /** Told the id before the prompt can be shown, so that whoever shows it can know what it is about. */
  readonly named?: (id: PromptId) => void
}

/** One prompt at a time, in the order of asking; each call is answered exactly once, whatever the platform says when. */
export interface PromptQueue<R> {
  /** `answer` may be called before this returns. What it throws comes out where the answer was caused. */
  ask(request: PromptRequest, answer: (verdict: PromptVerdict<R>) => void): PromptId
  /** Answers that call `system-cancelled`, unless it was answered. */
  cancel(id: PromptId): void
  /** Answers all calls of a page that was reloaded or closed with `system-cancelled`. */
  pageGone(page: string): void
  /** The same for all calls, and for those still to come: the process that shows prompts dies. */
  end(): void
}

/** The parts of a queue that hold its rules. */
export interface PromptRules<R> {
  readonly next: typeof nextPrompts<R>
  readonly newId: () => PromptId
}

export function promptQueue<R>(ports: PromptPorts<R>): PromptQueue<R> {
  return queueOfPrompts(ports, { next: nextPrompts, newId: countedIds(ports.incarnation) })
}

/** By a counter: two calls in one millisecond differ, and a clock that is set back repeats nothing. */
export function countedIds(incarnation: string): () => PromptId {
  let count = 0
  return () => `${incarnation}/${++count}`
}

/** Performs what the rules say. Inputs that arrive meanwhile (a callback within `show`, a call within an answer) wait. */
export function queueOfPrompts<R>(
  { prompter, clock }: PromptPorts<R>,
  { next, newId }: PromptRules<R>,
): PromptQueue<R> {
  let state: PromptState<R> = noPrompts()
  let up: { readonly id: PromptId; readonly shown: Shown } | null = null
  let running = false
  const inputs: PromptInput<R>[] = []
  const alarms = new Map<PromptId, () => void>()

  const show = (id: PromptId) => {
    try {
      up = { id, shown: prompter.show(id, (event) => take({ on: 'told', listener: id, event })) }
    } catch (error) {
      const reason = `the prompt could not be shown: ${error instanceof Error ? error.name : typeof error}`
      inputs.push({ on: 'not-shown', id, reason })
    }
  }
  const silence = (id: PromptId) => {
    alarms.get(id)?.()
    alarms.delete(id)
  }
  const perform = (effect: PromptEffect<R>) => {
    switch (effect.do) {
      case 'show':
        return show(effect.id)
      case 'dismiss':
        return up?.id === effect.id ? up.shown.dismiss() : undefined
      case 'answer':
        return effect.asked.answer(effect.verdict)
      case 'silence':
        return silence(effect.id)
      case 'wake': {
        const { id, alarm, ms } = effect
        silence(id)
        alarms.set(
          id,
          clock.after(ms, () => take({ on: 'rang', id, alarm })),
        )
      }
    }
  }
  const take = (input: PromptInput<R>) => {
    inputs.push(input)
    if (running) return
    running = true
    const thrown: unknown[] = []
    for (let first = inputs.shift(); first !== undefined; first = inputs.shift()) {
      const step = next(state, first)
      state = step.state
      for (const effect of step.effects) {
        // One caller that throws must not keep the others waiting.
        try {
          perform(effect)
        } catch (error) {
          thrown.push(error)
        }
      }
    }
    running = false
    if (thrown.length > 0) throw thrown.length === 1 ? thrown[0] : new AggregateError(thrown, 'several answers threw')
  }

  return {
    ask({ page, wait, timeoutMs, named }, answer) {
      const asked: Asked<R> = { id: newId(), page, answer }
      named?.(asked.id)
      take({ on: 'asked', asked, wait, timeoutMs })
      return asked.id
    },
    cancel: (id) => take({ on: 'cancelled', id }),
    pageGone: (page) => take({ on: 'page-gone', page }),
    end: () => take({ on: 'ended' }),
  }
}
