import type { Control } from '../contract/controls.ts'
import type { SeenValue, ValueRef } from '../contract/values.ts'
import { type CallFact, entryOf, type Occurrence, type Wrong } from './call-fact.ts'
import { since } from './since.ts'
import type { Situation } from './situations.ts'

/*
 * An entry that is gone after a start of the vault is lost, or only looked for in another place: which of the two, the
 * starts after it tell. So a loss is told when no more can come.
 */

/** A value that was not there after a start. */
interface Missed {
  readonly situation: Situation
  readonly at: number
  readonly call: CallFact
  /** Which start of the vault it was. */
  readonly start: number
}

export interface ComesAndGoes {
  /** Something was done to the world. */
  control(control: Control): void
  /** Keeps what is to be told for later; false where it is to be told at once. */
  held(situation: Situation, at: number, call: CallFact | null): boolean
  /** A call ended. `happened`: bits of `since` before it. */
  returned(fact: CallFact, happened: number): void
  end(): void
}

const starts: ReadonlySet<Control['control']> = new Set(['kill-app', 'restart-machine', 'restart-keyring'])
const ofStarts = since.kill | since.restart | since.lookAlike

const isSame = (seen: SeenValue, ref: ValueRef | null): boolean =>
  seen.is === 'canary' && ref !== null && seen.canary.canary === ref.canary && seen.canary.size === ref.size

/** Whether a call saw what another one missed. */
function sawAgain({ op, outcome }: CallFact, { call }: Missed): boolean {
  if (outcome.is !== 'ok') return false
  if (op.op === 'has') return outcome.value === true
  return op.op === 'get' && (call.possible ?? []).some((ref) => isSame(outcome.value as SeenValue, ref))
}

/** @param tell takes what is to be told, in whatever order */
export function comesAndGoes(tell: (occurrence: Occurrence) => void): ComesAndGoes {
  const missing = new Map<string, Missed>()
  const writtenAt = new Map<string, number>()
  let start = 0

  const wrongOf = (missed: Missed): Wrong => ({
    kind: 'forgotten-for-a-while',
    expected: 'the same after each start',
    seen: `nothing after start ${missed.start}, and the value again after start ${start}`,
  })
  const tellMissed = ({ situation, at, call }: Missed) => tell({ situation, at, call, seen: null, wrong: null })
  const letGo = (name: string) => {
    const missed = missing.get(name)
    missing.delete(name)
    if (missed !== undefined) tellMissed(missed)
  }
  const tellStarts = (call: CallFact, wrong: Wrong | null) =>
    tell({ situation: 'read-after-several-starts', at: call.at, call, seen: null, wrong })

  return {
    control({ control }) {
      if (starts.has(control)) start++
      else for (const name of [...missing.keys()]) letGo(name)
    },
    held(situation, at, call) {
      const name = call === null ? null : entryOf(call.op)
      if (call === null || name === null || call.deviation !== 'missing' || start === 0) return false
      if (situation !== 'read-after-kill' && situation !== 'read-after-restart') return false
      missing.set(name, { situation, at, call, start })
      return true
    },
    returned(fact, happened) {
      const { op, outcome } = fact
      const name = entryOf(op)
      if (name === null) return
      if (op.op === 'put' || op.op === 'delete') {
        letGo(name)
        if (outcome.is === 'ok') writtenAt.set(name, start)
        return
      }
      const missed = missing.get(name)
      if (missed !== undefined && missed.call !== fact && sawAgain(fact, missed)) {
        missing.delete(name)
        if (missed.start === start) tellMissed(missed)
        else tellStarts(fact, wrongOf(missed))
      }
      const several = start - (writtenAt.get(name) ?? start) >= 2 && (happened & ~ofStarts) === 0
      if (several && missed === undefined && outcome.is === 'ok' && fact.deviation === null) tellStarts(fact, null)
    },
    end() {
      for (const name of [...missing.keys()]) letGo(name)
    },
  }
}
