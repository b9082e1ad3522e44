import type { Control } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import type { Event, History, Outcome } from '../contract/history.ts'
import type { Operation } from '../contract/operations.ts'
import type { Command } from '../contract/program.ts'
import { factsOf } from './facts.ts'
import type { Situation } from './situations.ts'

/* Hand-written histories of calls that overlap, for tests of what is told from them. */

/** A call that begins, under a name; the end of one that began; a call as a whole; or something done to the world. */
export type Moment =
  | { readonly begins: string; readonly op: Operation; readonly by?: 'other' }
  | { readonly ends: string; readonly outcome: Outcome }
  | readonly [Operation, Outcome, 'other'?]
  | Control

export function historyOfCalls(...moments: readonly Moment[]): History {
  const events: Event[] = []
  const commands: Command[] = []
  const calls = new Map<string, number>()
  let made = 0
  const stamp = () => ({ seq: events.length, at: 0, boot: 0, command: commands.length - 1 })
  const begin = (op: Operation, by: 'other' | undefined): number => {
    commands.push({ do: 'start', op, ...(by === undefined ? {} : { by }) })
    events.push({ ...stamp(), type: 'invoke', call: made, op })
    return made++
  }
  const end = (call: number, outcome: Outcome) => {
    events.push({ ...stamp(), type: 'return', call, outcome, again: false })
  }
  for (const moment of moments) {
    if ('begins' in moment) calls.set(moment.begins, begin(moment.op, moment.by))
    else if ('ends' in moment) end(calls.get(moment.ends) ?? -1, moment.outcome)
    else if ('control' in moment) {
      commands.push({ do: 'control', control: moment })
      events.push({ ...stamp(), type: 'control', control: moment, result: 'done' })
    } else end(begin(moment[0], moment[2]), moment[1])
  }
  return { program: { commands, schedule: [] }, events, ended: 'complete' }
}

/** What is told of the call that ends last. */
export function toldLast(description: Description, ...moments: readonly Moment[]): readonly Situation[] {
  const history = historyOfCalls(...moments)
  const last = history.events.findLast(({ type }) => type === 'return')?.seq
  const { met } = factsOf(history, description)
  return [...met].filter(([, occurrences]) => occurrences.some(({ at }) => at === last)).map(([situation]) => situation)
}
