import type { Description } from '../contract/description.ts'
import type { Event, History } from '../contract/history.ts'
import { type CallFact, entryOf, type Facts, type Flying, type Occurrence, writes } from './call-fact.ts'
import { entries as newEntries } from './entries.ts'
import { plainFact, plainFlying } from './plain-call.ts'
import type { Situation } from './situations.ts'

type Process = 'first' | 'other'
/** A call in flight: of which process, and whether the model of its entry follows it. */
interface Made {
  readonly call: Flying
  readonly by: Process
  readonly followed: boolean
}

/** Whether another process of the app calls in this history. */
export const hasTwoProcesses = ({ program }: History): boolean =>
  program.commands.some((command) => command.do !== 'control' && command.by === 'other')

/** What makes another vault, or may leave open how it is opened. */
const unsettles: ReadonlySet<string> = new Set(['setUp', 'reset', 'changePin', 'addSlot', 'removeSlot'])

/**
 * Folds a history of two processes of one app. What each of them must do is told of histories of one: here it is only
 * looked at what both have left, once both were killed.
 */
export function factsOfTwo(history: History, description: Description): Facts {
  const met = new Map<Situation, Occurrence[]>()
  const entries = newEntries(description)
  const flying = new Map<number, Made>()
  const lifecycle = description.profiles.includes('lifecycle')
  const wrote = new Set<Process>()
  /** Both have written and are dead, and one looks alone. */
  let ended = false
  let open = false
  /** Something else was done that may be why. */
  let lost = false

  for (const event of history.events) {
    if (event.type === 'invoke') invoked(event)
    else if (event.type === 'return' && !event.again) returned(event)
    else if (event.type === 'control' && event.result === 'done') {
      if (event.control.control !== 'kill-app') lost = true
      ended = wrote.size === 2
      open = !lifecycle
    }
  }
  return { history, met, of: (situation) => met.get(situation) ?? [] }

  function note(situation: Situation, call: CallFact): void {
    met.set(situation, [...(met.get(situation) ?? []), { situation, at: call.at, call, seen: null, wrong: null }])
  }

  function invoked({ op, call, command, seq }: Event & { type: 'invoke' }): void {
    const step = history.program.commands[command]
    const by = step !== undefined && step.do !== 'control' && step.by === 'other' ? 'other' : 'first'
    if (by === 'other') ended = false
    if (unsettles.has(op.op)) lost = true
    const one = plainFlying({ call, op, command, invoked: seq, overlapped: flying.size > 0 })
    for (const other of flying.values()) other.call.overlapped = true
    const followed = entryOf(op) !== null && (writes(op) || (ended && open))
    if (followed) entries.invoke(one)
    flying.set(call, { call: one, by, followed })
  }

  function returned({ call: id, seq, outcome }: Event & { type: 'return' }): void {
    const made = flying.get(id)
    if (made === undefined) return
    flying.delete(id)
    const { call, by, followed } = made
    const name = entryOf(call.op)
    const possible = name === null ? null : entries.refs(entries.track(name).model.states())
    const deviation = followed ? entries.settle(call, outcome, true, false) : null
    const fact = plainFact(call, seq, outcome, deviation, possible)
    if (writes(call.op) && outcome.is === 'ok') {
      wrote.add(by)
      note('acknowledged-write', fact)
    }
    if (ended && !lost && !call.overlapped && (open || call.op.op === 'unlock')) looked(fact)
    if (by === 'first' && outcome.is === 'ok' && call.op.op === 'unlock') open = true
    if (call.op.op === 'lock') open = false
  }

  function looked(fact: CallFact): void {
    const { op, outcome, call } = fact
    // A look that was killed saw nothing.
    if (outcome.is === 'info' && outcome.why === 'killed') return
    const name = entryOf(op)
    if (name !== null && entries.track(name).lost) return
    if (op.op === 'unlock' || op.op === 'get' || op.op === 'has') note('left-by-two-processes', fact)
    if (op.op !== 'list') return
    if (outcome.is !== 'ok' || !Array.isArray(outcome.value)) {
      note('left-by-two-processes', fact)
      return
    }
    const names: readonly string[] = outcome.value
    for (const tracked of entries.all()) {
      const possible = entries.refs(tracked.model.states())
      const deviation = entries.listed(tracked, names.includes(tracked.name), -1 - call)
      note('left-by-two-processes', { ...fact, deviation, possible })
    }
  }
}
