import { absent, type EntryCall, type EntryReturn, type State } from '../harness/models/entry.ts'

/** One event of a history of many clients, on one of its entries. `seen`: the state after a deviation. */
export type Step =
  | { readonly entry: number; readonly does: 'invoke'; readonly call: EntryCall }
  | {
      readonly entry: number
      readonly does: 'return'
      readonly call: number
      readonly how: EntryReturn
      readonly seen: State
    }

export interface HistoryOptions {
  readonly operations: number
  readonly clients: number
  readonly entries: number
  /** Same seed, same history. */
  readonly seed: number
  /** Makes the first read past this operation see a value that was overwritten long before. Null: a sound history. */
  readonly staleAfter: number | null
}

interface Pending {
  readonly call: EntryCall
  readonly entry: number
  /** Null until it took effect. */
  how: EntryReturn | null
}

/**
 * A history of clients that each make one call after the other on shared entries: each call takes effect at an instant
 * between its invocation and its return, all chosen by a generator of numbers.
 */
export function overlappingHistory({
  operations,
  clients,
  entries,
  seed,
  staleAfter,
}: HistoryOptions): readonly Step[] {
  const next = numbers(seed)
  const states = new Array<State>(entries).fill(absent)
  const overwritten = new Array<State>(entries).fill(absent)
  const pending: (Pending | null)[] = new Array<Pending | null>(clients).fill(null)
  const steps: Step[] = []
  let made = 0
  let stale = staleAfter
  const invoke = (client: number): void => {
    const entry = next(entries)
    const kind = next(10)
    const call: EntryCall =
      kind < 4
        ? { call: made, does: 'write', value: kind === 0 ? absent : made + 1 }
        : { call: made, does: kind < 9 ? 'read' : 'exists' }
    made++
    pending[client] = { call, entry, how: null }
    steps.push({ entry, does: 'invoke', call })
  }
  const happen = (one: Pending): void => {
    const { call, entry } = one
    const state = states[entry] ?? absent
    if (call.does === 'write') {
      overwritten[entry] = overwritten[entry] === absent || next(50) === 0 ? state : (overwritten[entry] ?? absent)
      states[entry] = call.value
      one.how = { is: 'written' }
    } else if (call.does === 'exists') one.how = { is: 'saw-presence', present: state !== absent }
    else one.how = { is: 'saw', state }
  }
  const give = (client: number, { call, entry, how }: Pending): void => {
    pending[client] = null
    if (how === null) return
    const old = overwritten[entry] ?? absent
    const spoilt = stale !== null && call.call > stale && how.is === 'saw' && old !== absent && old < call.call - 1000
    if (spoilt) stale = null
    const told: EntryReturn = spoilt ? { is: 'saw', state: old } : how
    steps.push({ entry, does: 'return', call: call.call, how: told, seen: told.is === 'saw' ? told.state : absent })
  }
  for (let left = operations; left > 0; ) {
    const client = next(clients)
    const one = pending[client] ?? null
    if (one === null) {
      if (made < operations) invoke(client)
    } else if (one.how === null) happen(one)
    else {
      give(client, one)
      left--
    }
  }
  return steps
}

/** Whole numbers below a limit (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed | 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}
