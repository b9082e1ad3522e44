import type { Event, History } from '../contract/history.ts'
import type { CallFact, Derived, Flying, Occurrence } from './call-fact.ts'
import { costs as newCosts } from './costs.ts'
import type { Situation } from './situations.ts'

/** The key derivations of a history: which call asked for each, and what is told of them. */
export interface Derivations {
  /** Of a call that ends in this command; null where it was not alone, so that nobody can say. */
  of(call: Flying, command: number): readonly Derived[] | null
  /** `updated`: it is the first that a newer release was asked, which may seal anew at once, and derive for that too. */
  returned(fact: CallFact, updated: boolean): void
  /** `damaged`: what a damaged header asks for is told of the damage. */
  seen(event: Event, derived: Derived, damaged: boolean): void
}

type Note = (
  situation: Situation,
  at: number,
  call: CallFact | null,
  ...more: [Occurrence['seen']?, Occurrence['wrong']?]
) => void

/** Calls that can be served without asking the person for anything. */
const asksNoPin: ReadonlySet<string> = new Set([
  ...['put', 'get', 'delete', 'has', 'list'],
  ...['lock', 'state', 'availability'],
])

export function derivations({ events }: History, note: Note): Derivations {
  const byCommand = new Map<number, Derived[]>()
  const costs = newCosts()
  /** The last call that ended alone. */
  let alone: CallFact | null = null
  for (const event of events)
    if (event.type === 'observation' && event.observation.probe === 'kdf')
      byCommand.set(event.command, [...(byCommand.get(event.command) ?? []), event.observation])

  return {
    of: (call, command) => (call.overlapped || command !== call.command ? null : (byCommand.get(command) ?? [])),
    returned(fact, updated) {
      const { op, outcome, at } = fact
      alone = fact.derivations === null ? null : fact
      costs.returned(op, outcome)
      // Where none is seen in a whole program, nobody looks.
      if (byCommand.size === 0 || alone === null || outcome.is === 'info') return
      if (asksNoPin.has(op.op)) note('call-derived', at, fact)
      else if (op.op === 'unlock' && typeof op.pin?.pin === 'number' && !updated) note('opening-derived', at, fact)
    },
    seen({ seq, command }, derived, damaged) {
      if (damaged) return
      note('derived-key', seq, null, derived)
      if (command < 0) costs.made(derived)
      else if (alone !== null && alone.command === command && !asksNoPin.has(alone.op.op)) {
        const wrong = costs.later(derived, alone.op, alone.outcome)
        if (wrong !== undefined) note('derived-later', seq, alone, derived, wrong)
      }
    },
  }
}
