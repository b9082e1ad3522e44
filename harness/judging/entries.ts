import type { Code } from '../contract/codes.ts'
import type { Description } from '../contract/description.ts'
import type { Outcome } from '../contract/history.ts'
import type { SeenValue, ValueRef } from '../contract/values.ts'
import { absent, type Entry, type EntryCall, type EntryReturn, entry as newEntry, type State } from '../models/entry.ts'
import { type Deviation, entryOf, type Flying } from './call-fact.ts'
import { isLong, type Touch, touchOf } from './concern.ts'
import { isPlain, lookAlike, refusals } from './names.ts'
import { deaths, since } from './since.ts'

/** One entry as the history tells of it. */
export interface Tracked {
  readonly name: string
  readonly model: Entry
  /** Entries whose names look like this one's. */
  readonly alike: Tracked[]
  /** Bits of `since`. */
  since: number
  /** Of the last acknowledged write. */
  touch: Touch
  /** Of a write that was refused after it. */
  refused: Touch | null
  lastWrite: 'put' | 'delete' | null
  /** It may hold a long value. */
  long: boolean
  /** A deviation was told already; until the next acknowledged write nothing more is said of this entry. */
  tainted: boolean
  /** Too much of it is unknown to say anything more in this history. */
  lost: boolean
  /** Values that were asked to be written, none twice. */
  readonly written: State[]
}

/** The entries of one history, each with its model. */
export interface Entries {
  track(name: string): Tracked
  all(): Iterable<Tracked>
  /** Deaths that an entry was seen to outlive before any value with line ends was written. Bits of `since`. */
  readonly outlived: number
  invoke(call: Flying): void
  /**
   * Tells the entry's model how the call ended. `normal`: keyring and vault were open all the while. `excused`: the phone
   * may have lost the entry or kept it closed, so that only a value says something of it.
   */
  settle(call: Flying, outcome: Outcome, normal: boolean, excused: boolean): Deviation | null
  /** What a list says of one entry. */
  listed(tracked: Tracked, present: boolean, id: number): Deviation | null
  reset(outcome: Outcome): void
  refs(states: readonly State[]): readonly (ValueRef | null)[]
}

/** Codes that leave open whether the write took effect. */
export const uncertain: ReadonlySet<string> = new Set([
  'internal',
  'corrupt',
  'timeout',
  'system-cancelled',
  'unavailable',
])

const same = (a: ValueRef, b: ValueRef): boolean =>
  a === b || (a.kind === b.kind && (a.kind === 'empty' || (a.canary === b.canary && a.size === b.size)))

export function entries(description: Description): Entries {
  const tracked = new Map<string, Tracked>()
  let outlived = 0
  let lineEnds = false
  /** By state: recipes, and null for the absent one and for values that nobody wrote. */
  const refs: (ValueRef | null)[] = [null]
  /** States of values as they were written. A program has few: looking through them costs less than naming them. */
  const intact: { readonly ref: ValueRef; readonly state: State }[] = []

  const stateOf = (ref: ValueRef): State => {
    for (const known of intact) if (same(known.ref, ref)) return known.state
    refs.push(ref)
    const state = refs.length - 1
    intact.push({ ref, state })
    return state
  }
  const seenState = (seen: SeenValue): State => {
    if (seen.is === 'canary') return stateOf(seen.canary)
    refs.push(seen.of)
    return refs.length - 1
  }
  const track = (name: string): Tracked => {
    const known = tracked.get(name)
    if (known !== undefined) return known
    const made: Tracked = {
      name,
      model: newEntry(),
      alike: [],
      since: 0,
      touch: 'ordinary',
      refused: null,
      lastWrite: null,
      long: false,
      tainted: false,
      lost: false,
      written: [],
    }
    for (const other of tracked.values())
      if (lookAlike(other.name, name)) {
        other.alike.push(made)
        made.alike.push(other)
      }
    tracked.set(name, made)
    return made
  }
  const deviated = (of: Tracked, deviation: Deviation): Deviation | null => {
    if (of.tainted || of.lost) return null
    of.tainted = true
    return deviation
  }
  const strangeness = (of: Tracked, state: State, before: readonly State[]): Deviation => {
    if (state === absent) return 'missing'
    if (of.written.includes(state)) return before.length === 1 && before[0] === absent ? 'ghost' : 'stale'
    for (const other of tracked.values()) if (other !== of && other.written.includes(state)) return 'foreign'
    return 'altered'
  }
  const lastWritten = (of: Tracked): State => of.written.at(-1) ?? absent
  const sawPresence = (of: Tracked, call: number, present: boolean): Deviation | null => {
    const ok = of.model.return(call, { is: 'saw-presence', present }, present ? lastWritten(of) : absent)
    return ok ? null : deviated(of, present ? 'ghost' : 'missing')
  }
  /** Whether a read may be refused whatever the entry holds: one call at a time, or a name that the vault has no place for. */
  const mayRefuse = (of: Tracked, call: Flying, code: Code): boolean =>
    (code === 'busy' && call.overlapped) ||
    (!isPlain(of.name) && refusals.some((refusal) => refusal === code) && of.lastWrite === null)
  const endOfWrite = (op: 'put' | 'delete', outcome: Outcome & { is: 'ok' | 'fail' }): EntryReturn | null => {
    if (outcome.is === 'ok') return { is: 'written' }
    if (op === 'delete' && outcome.failure.code === 'not-found') return { is: 'saw-absent-unchanged' }
    return uncertain.has(outcome.failure.code) ? null : { is: 'nothing' }
  }
  const acknowledged = (of: Tracked, call: Flying, normal: boolean): void => {
    const { op } = call
    const { other: another, same } = call.company
    if (op.op === 'put') {
      if (!call.overlapped) of.long = isLong(op.value, description)
      if (op.value.kind === 'newline') {
        lineEnds = true
        for (const other of tracked.values()) if (other !== of) other.since |= since.lineEnds
      }
    }
    of.since =
      (of.since & (since.lookAlike | since.copied)) |
      (call.overlapped ? since.overlap : 0) |
      (another && !same ? since.sideBySide : 0) |
      (normal ? 0 : since.storeless)
    of.tainted = false
    of.refused = null
    of.lastWrite = call.op.op === 'delete' ? 'delete' : 'put'
  }
  const settleWrite = (of: Tracked, call: Flying, outcome: Outcome & { is: 'ok' | 'fail' }, normal: boolean) => {
    const { op } = call
    if (op.op !== 'put' && op.op !== 'delete') return null
    const how = endOfWrite(op.op, outcome)
    if (how === null) {
      of.model.abandon(call.call)
      return null
    }
    const ok = of.model.return(call.call, how, absent)
    if (how.is === 'written') acknowledged(of, call, normal)
    if (op.op === 'put') {
      const touch = touchOf(op.value, of.name, description)
      if (how.is === 'written') of.touch = touch
      else of.refused = touch
    }
    return !ok && how.is === 'saw-absent-unchanged' ? deviated(of, 'missing') : null
  }

  return {
    track,
    all: () => tracked.values(),
    get outlived() {
      return outlived
    },
    refs: (of) => of.map((state) => refs[state] ?? null),
    invoke(call) {
      const { op } = call
      const name = entryOf(op)
      if (name === null) return
      const of = track(name)
      // Orders of calls that nobody follows any more are not counted either: they grow beyond all measure.
      const follow = (entryCall: EntryCall) => {
        if (!of.lost) of.model.invoke(entryCall)
      }
      if (op.op === 'put') {
        const value = stateOf(op.value)
        follow({ call: call.call, does: 'write', value })
        of.long ||= isLong(op.value, description)
        if (!of.written.includes(value)) of.written.push(value)
      } else if (op.op === 'delete') follow({ call: call.call, does: 'write', value: absent })
      else follow({ call: call.call, does: op.op === 'has' ? 'exists' : 'read' })
      const writing = op.op === 'put' || op.op === 'delete'
      for (const other of of.alike) {
        if (writing) other.since |= since.lookAlike
        if (writing || other.written.length > 0) of.since |= since.lookAlike
      }
    },
    settle(call, outcome, normal, excused) {
      const { op } = call
      const name = entryOf(op)
      if (name === null) return null
      const of = track(name)
      if (of.lost) return null
      if (outcome.is === 'info') {
        if (outcome.why === 'killed' || outcome.why === 'lost') of.model.abandon(call.call)
        else if (!of.model.forget(call.call)) of.lost = true
        if (op.op === 'put' || op.op === 'delete') of.since |= since.crash
        return null
      }
      const unsaid = excused && (op.op === 'has' || (op.op === 'delete' && outcome.is === 'fail'))
      if (unsaid) {
        // A deletion that fails half-way may have taken what it was to take.
        if (outcome.is === 'fail' && op.op === 'delete' && uncertain.has(outcome.failure.code))
          of.model.abandon(call.call)
        else of.model.return(call.call, { is: 'nothing' }, absent)
        return null
      }
      if (op.op === 'put' || op.op === 'delete') return settleWrite(of, call, outcome, normal || excused)
      if (outcome.is === 'fail') {
        // What is not found while something is missing is judged by its situation, not believed.
        const gone = outcome.failure.code === 'not-found' && normal
        const ok = of.model.return(call.call, gone ? { is: 'saw', state: absent } : { is: 'nothing' }, absent)
        if (!ok) return deviated(of, 'missing')
        return gone || !normal || of.tainted || mayRefuse(of, call, outcome.failure.code) ? null : 'refused'
      }
      if (op.op === 'has') return sawPresence(of, call.call, outcome.value === true)
      const before = of.model.states()
      const state = seenState(outcome.value as SeenValue)
      const ok = of.model.return(call.call, { is: 'saw', state }, state)
      if (ok && !lineEnds) outlived |= of.since & deaths
      return ok ? null : deviated(of, strangeness(of, state, before))
    },
    listed(of, present, id) {
      if (of.lost) return null
      of.model.invoke({ call: id, does: 'exists' })
      return sawPresence(of, id, present)
    },
    reset(outcome) {
      for (const of of tracked.values()) {
        if (outcome.is !== 'ok') {
          of.model.may([absent])
          continue
        }
        of.model.set(absent)
        of.since = 0
        of.lastWrite = null
        of.tainted = of.model.inFlight > 0
      }
    },
  }
}
