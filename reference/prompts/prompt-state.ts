import type { Code } from '../../harness/contract/codes.ts'
import type { PromptEvent, PromptId, PromptVerdict } from './prompter.ts'

/** A call for a prompt that was not answered yet. */
export interface Asked<R> {
  readonly id: PromptId
  /** The page or window that asked: when it is reloaded, nobody there waits any more. */
  readonly page: string
  readonly answer: (verdict: PromptVerdict<R>) => void
}

/** One prompt is up or none. `answered`: its call is settled, and the platform is taking it down. */
export interface PromptState<R> {
  readonly up: { readonly asked: Asked<R>; readonly answered: boolean } | null
  readonly waiting: readonly Asked<R>[]
  readonly ended: boolean
}

/** What time is up for: an answer, or a dismissed prompt to go down. */
export type PromptAlarm = 'answer' | 'down'

export type PromptInput<R> =
  | { readonly on: 'asked'; readonly asked: Asked<R>; readonly wait: boolean; readonly timeoutMs: number }
  /** `listener` is the prompt whose listener heard it, which a platform may confuse with the prompt it is about. */
  | { readonly on: 'told'; readonly listener: PromptId; readonly event: PromptEvent<R> }
  | { readonly on: 'not-shown'; readonly id: PromptId; readonly reason: string }
  | { readonly on: 'rang'; readonly id: PromptId; readonly alarm: PromptAlarm }
  | { readonly on: 'cancelled'; readonly id: PromptId }
  | { readonly on: 'page-gone'; readonly page: string }
  | { readonly on: 'ended' }

export type PromptEffect<R> =
  | { readonly do: 'show'; readonly id: PromptId }
  | { readonly do: 'dismiss'; readonly id: PromptId }
  | { readonly do: 'answer'; readonly asked: Asked<R>; readonly verdict: PromptVerdict<R> }
  /** Replaces the alarm of that prompt, if there is one. */
  | { readonly do: 'wake'; readonly id: PromptId; readonly alarm: PromptAlarm; readonly ms: number }
  | { readonly do: 'silence'; readonly id: PromptId }

export interface PromptStep<R> {
  readonly state: PromptState<R>
  readonly effects: readonly PromptEffect<R>[]
}

/**
 * How long a dismissed prompt may take to go down, in milliseconds. The next is shown when the platform said that it is
 * down, or after this long: some platforms never say it.
 */
export const dismissGraceMs = 2_000

export const noPrompts = <R>(): PromptState<R> => ({ up: null, waiting: [], ended: false })

const failed = <R>(code: Code, reason: string): PromptVerdict<R> => ({ is: 'failed', failure: { code, reason } })
const settle = <R>(asked: Asked<R>, verdict: PromptVerdict<R>): readonly PromptEffect<R>[] => [
  { do: 'silence', id: asked.id },
  { do: 'answer', asked, verdict },
]
const same = <R>(state: PromptState<R>): PromptStep<R> => ({ state, effects: [] })

/** Nothing is up any more: the one that waited longest is next. */
function advance<R>(state: PromptState<R>, effects: readonly PromptEffect<R>[]): PromptStep<R> {
  const [first, ...waiting] = state.waiting
  if (state.up !== null || first === undefined) return { state, effects }
  const up = { asked: first, answered: false }
  return { state: { ...state, up, waiting }, effects: [...effects, { do: 'show', id: first.id }] }
}

/** Answers every call that `leaves` picks; a prompt that is up for one of them is dismissed and stays until it is down. */
function withdraw<R>(
  state: PromptState<R>,
  leaves: (asked: Asked<R>) => boolean,
  verdict: PromptVerdict<R>,
): PromptStep<R> {
  const { up } = state
  const effects: PromptEffect<R>[] = []
  if (up !== null && !up.answered && leaves(up.asked)) {
    const { id } = up.asked
    effects.push(
      ...settle(up.asked, verdict),
      { do: 'wake', id, alarm: 'down', ms: dismissGraceMs },
      { do: 'dismiss', id },
    )
    state = { ...state, up: { ...up, answered: true } }
  }
  for (const asked of state.waiting) if (leaves(asked)) effects.push(...settle(asked, verdict))
  return { state: { ...state, waiting: state.waiting.filter((asked) => !leaves(asked)) }, effects }
}

/** The prompt that is up went down, with this to say to a call that was not answered yet. */
function down<R>(state: PromptState<R>, id: PromptId, verdict: PromptVerdict<R>): PromptStep<R> {
  const { up } = state
  if (up === null || up.asked.id !== id) return same(state)
  const quiet: PromptEffect<R> = { do: 'silence', id }
  return advance({ ...state, up: null }, up.answered ? [quiet] : settle(up.asked, verdict))
}

/** One step of the queue, as data: pure, so that any order of inputs can be tried. */
export function nextPrompts<R>(state: PromptState<R>, input: PromptInput<R>): PromptStep<R> {
  switch (input.on) {
    case 'asked': {
      const { asked, wait, timeoutMs } = input
      const refuse = (verdict: PromptVerdict<R>) => ({ state, effects: settle(asked, verdict) })
      if (state.ended) return refuse(failed('system-cancelled', 'prompts have ended'))
      if (!wait && state.up !== null) return refuse(failed('busy', 'another prompt comes first'))
      const effects: PromptEffect<R>[] = [{ do: 'wake', id: asked.id, alarm: 'answer', ms: timeoutMs }]
      return advance({ ...state, waiting: [...state.waiting, asked] }, effects)
    }
    case 'told': {
      const { listener, event } = input
      if (listener !== event.prompt || event.is === 'failed') return same(state)
      const verdict: PromptVerdict<R> =
        event.is === 'succeeded'
          ? { is: 'succeeded', released: event.released }
          : { is: 'failed', failure: event.failure }
      return down(state, event.prompt, verdict)
    }
    case 'not-shown':
      return down(state, input.id, failed('internal', input.reason))
    case 'rang': {
      const late = failed<R>('timeout', 'nobody answered')
      if (input.alarm === 'down') return state.up?.answered ? down(state, input.id, late) : same(state)
      return withdraw(state, ({ id }) => id === input.id, late)
    }
    case 'cancelled':
      return withdraw(state, ({ id }) => id === input.id, failed('system-cancelled', 'its caller cancelled it'))
    case 'page-gone':
      return withdraw(state, ({ page }) => page === input.page, failed('system-cancelled', 'its page was reloaded'))
    case 'ended': {
      const { effects } = withdraw(state, () => true, failed('system-cancelled', 'prompts have ended'))
      const silent: PromptEffect<R>[] = effects.filter((effect) => effect.do !== 'wake')
      if (state.up !== null) silent.push({ do: 'silence', id: state.up.asked.id })
      return { state: { up: null, waiting: [], ended: true }, effects: silent }
    }
  }
}
