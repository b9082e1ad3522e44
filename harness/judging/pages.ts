import { type Ask, askOf, type Caller, type Capability } from '../contract/capabilities.ts'
import type { Description } from '../contract/description.ts'
import type { Event, History, Outcome } from '../contract/history.ts'
import { type Lack, type Said, saidOf } from '../models/grants.ts'
import { type CallFact, entryOf, type Facts, type Flying, type Occurrence, type Wrong, writes } from './call-fact.ts'
import { entries as newEntries } from './entries.ts'
import { plainFact, plainFlying } from './plain-call.ts'
import type { Situation } from './situations.ts'

/** Whether pages of an app call in this history, or are granted something. */
export const hasPages = ({ program }: History): boolean =>
  program.commands.some(
    (command) => command.do !== 'control' && (command.op.op === 'grant' || askOf(command.op) !== null),
  )

const situationOf: Readonly<Record<Lack, Situation>> = {
  nothing: 'asked-without-grant',
  denial: 'asked-though-denied',
  origin: 'asked-from-elsewhere',
  frame: 'asked-by-frame',
  label: 'asked-under-other-label',
  entry: 'asked-for-other-entry',
}
/** What is left of a grant that was taken away. */
const takenAway: ReadonlySet<Lack> = new Set(['nothing', 'label'])

/** A write that was refused: what it left is told of it. */
interface Refused {
  readonly situation: Situation
  readonly caller: Caller
}

/**
 * Folds a history in which pages of an app call, under capability files. What the vault must do for its own app is told of
 * histories without any: here it is only looked at what pages are granted and denied, and whether a refused call left
 * something.
 */
export function factsOfPages(history: History, description: Description): Facts {
  const met = new Map<Situation, Occurrence[]>()
  const entries = newEntries(description)
  const flying = new Map<number, Flying>()
  const refused = new Map<string, Refused>()
  const { framesUntold = [] } = description.capabilities ?? {}
  /** Null where it is not known which are in force. A vault that is not made anew may have those of the program before. */
  let files: readonly Capability[] | null = description.restore === 'namespace' ? [] : null
  let before: readonly Capability[] | null = null
  /** Something was done that may be why. */
  let lost = false

  for (const event of history.events) {
    if (event.type === 'invoke') invoked(event)
    else if (event.type === 'return' && !event.again) returned(event)
    else if ((event.type === 'control' && event.result === 'done') || event.type === 'prompt') lost = true
  }
  return { history, met, of: (situation) => met.get(situation) ?? [] }

  function note(situation: Situation, call: CallFact, wrong: Wrong | null = null): void {
    met.set(situation, [...(met.get(situation) ?? []), { situation, at: call.at, call, seen: null, wrong }])
  }

  function invoked({ call, op, command, seq }: Event & { type: 'invoke' }): void {
    const one = plainFlying({ call, op, command, invoked: seq, overlapped: flying.size > 0 })
    for (const other of flying.values()) other.overlapped = true
    if (entryOf(op) !== null) entries.invoke(one)
    else if (op.op !== 'grant' && op.op !== 'list' && op.op !== 'availability' && op.op !== 'state') lost = true
    flying.set(call, one)
  }

  function returned({ call: id, seq, outcome }: Event & { type: 'return' }): void {
    const call = flying.get(id)
    if (call === undefined) return
    flying.delete(id)
    const { op } = call
    if (op.op === 'grant') {
      granted(op.capabilities, call, outcome)
      return
    }
    const name = entryOf(op)
    const ask = askOf(op)
    const said: Said | null =
      ask === null || files === null || call.overlapped || lost ? null : saidOf(files, ask, framesUntold)
    const possible = name === null ? null : entries.refs(entries.track(name).model.states())
    const mayBeRefused = said !== null && said.is !== 'granted'
    const deviation = entries.settle(call, outcome, !mayBeRefused, false)
    const fact = plainFact(call, seq, outcome, deviation, possible)
    if (said?.is === 'denied' && ask !== null) denied(fact, ask, said.lack)
    else if (said?.is === 'granted' && isServed(outcome)) note('granted-call', fact)
    if (name !== null && !lost) lookedAt(fact, name)
  }

  function granted(capabilities: readonly Capability[], { overlapped }: Flying, { is }: Outcome): void {
    const sure = is === 'ok' && !overlapped
    before = sure ? files : null
    files = sure ? capabilities : null
  }

  function denied(fact: CallFact, ask: Ask, lack: Lack): void {
    const was = before !== null && takenAway.has(lack) && saidOf(before, ask, framesUntold).is === 'granted'
    const situation = was ? 'asked-after-removal' : situationOf[lack]
    note(situation, fact)
    if (writes(fact.op) && isRefused(fact.outcome)) refused.set(ask.name ?? '', { situation, caller: ask.caller })
  }

  /** Whether what a refused write would have left is there. */
  function lookedAt(fact: CallFact, name: string): void {
    const write = refused.get(name)
    if (write === undefined) return
    if (writes(fact.op)) {
      if (!isRefused(fact.outcome)) refused.delete(name)
      return
    }
    if (fact.deviation === null || fact.deviation === 'refused') return
    refused.delete(name)
    const { window, webview } = write.caller
    note(write.situation, fact, {
      kind: 'refused-and-done',
      expected: `the entry as it was: a write of it by window '${window}', webview '${webview}' had been refused`,
      seen: 'the write was done all the same',
    })
  }
}

const isRefused = (outcome: Outcome): boolean => outcome.is === 'fail' && outcome.failure.code === 'access-denied'
const isServed = (outcome: Outcome): boolean =>
  outcome.is === 'ok' || (outcome.is === 'fail' && outcome.failure.code === 'not-found')
