import type { Description } from '../contract/description.ts'
import type { Event, History, Observation, Outcome } from '../contract/history.ts'
import type { Operation } from '../contract/operations.ts'
import type { SeenValue, ValueRef } from '../contract/values.ts'
import { absent, type Entry, type EntryReturn, entry as newEntry, type State } from '../models/entry.ts'
import { concernOfRead, concernOfWrite, type Touch, touchOf } from './concern.ts'
import { lookAlike } from './names.ts'
import { since } from './since.ts'
import type { Situation } from './situations.ts'
import { type World, world } from './world.ts'

/** How what was seen parts from every possibility. */
export type Deviation =
  | 'missing' // nothing, where there must be a value
  | 'ghost' // a value, where there must be nothing
  | 'stale' // an older value of this entry
  | 'foreign' // another entry's value
  | 'altered' // no value that was ever written
  | 'refused' // no answer, without a cause that excuses it

/** One call with everything that a check may ask of it. */
export interface CallFact {
  readonly call: number
  readonly op: Operation
  readonly command: number
  readonly invoked: number
  /** Sequence number of its return; of the last event where it never returned. */
  readonly at: number
  readonly outcome: Outcome
  /** Answered a second time. */
  again: boolean
  readonly overlapped: boolean
  readonly keyring: World['keyring'] | 'changed'
  readonly vault: World['vault'] | 'changed'
  readonly deviation: Deviation | null
  /** What the entry could hold, in words; null where no entry is concerned. */
  readonly possible: readonly (ValueRef | null)[] | null
  readonly footprint: (Observation & { probe: 'availability-footprint' }) | null
}

export interface Occurrence {
  readonly situation: Situation
  readonly at: number
  readonly call: CallFact | null
  readonly leak: (Observation & { probe: 'leak' }) | null
}

/** One fold over a history, shared by all checks. */
export interface Facts {
  readonly history: History
  of(situation: Situation): readonly Occurrence[]
  readonly met: ReadonlyMap<Situation, readonly Occurrence[]>
}

interface Tracked {
  readonly name: string
  readonly model: Entry
  since: number
  touch: Touch
  /** A deviation was told already; until the next acknowledged write nothing more is said of this entry. */
  tainted: boolean
  /** Too much of it is unknown to say anything more in this history. */
  lost: boolean
  lastWrite: 'put' | 'delete' | null
  readonly written: Set<State>
}

/** Codes that leave open whether the write took effect. */
const uncertain: ReadonlySet<string> = new Set(['internal', 'corrupt', 'timeout', 'system-cancelled', 'unavailable'])

const none: readonly Occurrence[] = []
const keyOf = (ref: ValueRef): string => (ref.kind === 'empty' ? 'empty' : `${ref.canary}/${ref.size}/${ref.kind}`)
const nameOf = (op: Operation): string | null =>
  'value' in op || op.op === 'get' || op.op === 'delete' || op.op === 'has' ? (op.name ?? '') : null

interface Flying {
  readonly call: number
  readonly op: Operation
  readonly command: number
  readonly invoked: number
  readonly keyring: World['keyring']
  readonly vault: World['vault']
  readonly epoch: number
  overlapped: boolean
}

/** Folds a history into situations. Pure; the description says what the vault claims. */
export function factsOf(history: History, description: Description): Facts {
  const met = new Map<Situation, Occurrence[]>()
  const entries = new Map<string, Tracked>()
  const flying = new Map<number, Flying>()
  const finished = new Map<number, CallFact>()
  const states = new Map<string, State>()
  const refs: (ValueRef | null)[] = [null]
  const around = world(description)
  const footprints = new Map<number, Observation & { probe: 'availability-footprint' }>()
  let handled = false

  for (const event of history.events)
    if (event.type === 'observation' && event.observation.probe === 'availability-footprint')
      footprints.set(event.observation.call, event.observation)

  const note = (situation: Situation, at: number, call: CallFact | null, leak: Occurrence['leak'] = null) => {
    const list = met.get(situation)
    const occurrence = { situation, at, call, leak }
    if (list === undefined) met.set(situation, [occurrence])
    else list.push(occurrence)
  }
  const stateOf = (ref: ValueRef): State => {
    const key = keyOf(ref)
    const known = states.get(key)
    if (known !== undefined) return known
    refs.push(ref)
    states.set(key, refs.length - 1)
    return refs.length - 1
  }
  const seenState = (seen: SeenValue): State => {
    if (seen.is === 'canary') return stateOf(seen.canary)
    refs.push(seen.of)
    return refs.length - 1
  }
  const track = (name: string): Tracked => {
    const known = entries.get(name)
    if (known !== undefined) return known
    const made: Tracked = {
      name,
      model: newEntry(),
      since: 0,
      touch: 'ordinary',
      tainted: false,
      lost: false,
      lastWrite: null,
      written: new Set(),
    }
    entries.set(name, made)
    return made
  }
  const everywhere = (flag: number) => {
    for (const tracked of entries.values()) tracked.since |= flag
  }
  /** All processes of the vault are dead: what was in flight happened or did not. */
  const died = (flag: number) => {
    everywhere(flag)
    const forgets = around.forgets(flag === since.kill ? 'process' : 'machine')
    if (forgets) for (const tracked of entries.values()) tracked.model.may([absent])
  }

  const deviationOf = (tracked: Tracked, state: State, before: ReadonlySet<State>): Deviation => {
    if (state === absent) return 'missing'
    if (before.size === 1 && before.has(absent)) return tracked.written.has(state) ? 'ghost' : foreign(tracked, state)
    return tracked.written.has(state) ? 'stale' : foreign(tracked, state)
  }
  const foreign = (tracked: Tracked, state: State): Deviation => {
    for (const other of entries.values()) if (other !== tracked && other.written.has(state)) return 'foreign'
    return 'altered'
  }

  for (const event of history.events) {
    switch (event.type) {
      case 'control':
        if (event.result === 'done') control(event)
        break
      case 'invoke':
        invoke(event)
        break
      case 'return':
        if (event.again) again(event)
        else returned(event)
        break
      case 'observation':
        observed(event)
        break
      case 'skipped':
        break
    }
  }
  return { history, met, of: (situation) => met.get(situation) ?? none }

  function control(event: Event & { type: 'control' }): void {
    const { control: what } = event.control
    around.control(what)
    switch (what) {
      case 'kill-app':
        died(since.kill)
        break
      case 'restart-machine':
        died(since.restart)
        break
      case 'cut-power':
        died(since.power)
        break
      case 'restart-keyring':
      case 'stop-keyring':
      case 'start-keyring':
        everywhere(since.restart)
        break
      case 'lock-keyring':
      case 'unlock-keyring':
        everywhere(since.relock)
        break
      case 'advance-clock':
        break
    }
  }

  function invoke(event: Event & { type: 'invoke' }): void {
    const { call, op } = event
    const overlapped = flying.size > 0
    if (overlapped) for (const other of flying.values()) other.overlapped = true
    flying.set(call, {
      call,
      op,
      command: event.command,
      invoked: event.seq,
      keyring: around.keyring,
      vault: around.vault,
      epoch: around.epoch,
      overlapped,
    })
    const name = nameOf(op)
    if (name === null) return
    const tracked = track(name)
    if (op.op === 'put') {
      const value = stateOf(op.value)
      tracked.model.invoke({ call, does: 'write', value })
      tracked.written.add(value)
    } else if (op.op === 'delete') tracked.model.invoke({ call, does: 'write', value: absent })
    else tracked.model.invoke({ call, does: op.op === 'has' ? 'exists' : 'read' })
    if (op.op === 'put' || op.op === 'delete')
      for (const other of entries.values()) if (lookAlike(other.name, name)) other.since |= since.lookAlike
    if (op.op === 'put' && [...entries.values()].some((other) => lookAlike(other.name, name)))
      tracked.since |= since.lookAlike
  }

  function again(event: Event & { type: 'return' }): void {
    const fact = finished.get(event.call)
    if (fact === undefined) return
    fact.again = true
    note('overlapping-calls', event.seq, fact)
  }

  function returned(event: Event & { type: 'return' }): void {
    const call = flying.get(event.call)
    if (call === undefined) return
    flying.delete(event.call)
    const { op } = call
    const { outcome } = event
    const steady = call.epoch === around.epoch
    const keyring = steady ? call.keyring : 'changed'
    const vault = call.vault === around.vault && steady ? call.vault : 'changed'
    const name = nameOf(op)
    const tracked = name === null ? null : track(name)
    const before = tracked === null ? null : tracked.model.states()
    const normal = keyring === 'unlocked' && vault === 'unlocked'
    const sinceBefore = tracked?.since ?? 0
    const taintedBefore = tracked !== null && (tracked.tainted || tracked.lost)
    const touchBefore = tracked?.touch ?? 'ordinary'
    const lastBefore = tracked?.lastWrite ?? null
    const deviation = tracked === null || before === null ? null : settle(tracked, call, outcome, normal, before)
    const fact: CallFact = {
      call: call.call,
      op,
      command: call.command,
      invoked: call.invoked,
      at: event.seq,
      outcome,
      again: false,
      overlapped: call.overlapped,
      keyring,
      vault,
      deviation,
      possible: before === null ? null : [...before].map((state) => refs[state] ?? null),
      footprint: footprints.get(call.call) ?? null,
    }
    finished.set(call.call, fact)
    around.returned(op, outcome)
    if (op.op === 'reset') reset(outcome)
    if (op.op === 'list' && outcome.is === 'ok' && normal && !call.overlapped) listed(fact, outcome.value)
    situate(fact, tracked, before, { normal, sinceBefore, taintedBefore, touchBefore, lastBefore })
  }

  /** Tells the entry's model how the call ended, and what of it cannot be. */
  function settle(
    tracked: Tracked,
    call: Flying,
    outcome: Outcome,
    normal: boolean,
    before: ReadonlySet<State>,
  ): Deviation | null {
    const { op } = call
    const { model } = tracked
    if (outcome.is === 'info') {
      if (outcome.why === 'killed' || outcome.why === 'lost') model.abandon(call.call)
      else if (!model.forget(call.call)) tracked.lost = true
      if (op.op === 'put' || op.op === 'delete') tracked.since |= since.crash
      return null
    }
    if (op.op === 'put' || op.op === 'delete') {
      const how = endOfWrite(op.op, outcome)
      if (how === null) {
        model.abandon(call.call)
        return null
      }
      const ok = model.return(call.call, how, absent)
      if (how.is === 'written') acknowledged(tracked, call, normal)
      if (op.op === 'put') tracked.touch = touchOf(op.value, tracked.name, description)
      if (!ok && how.is === 'saw-absent-unchanged') return deviated(tracked, 'missing')
      return null
    }
    if (outcome.is === 'fail') {
      const gone = outcome.failure.code === 'not-found'
      // What is not found while something is missing is judged by its situation, not believed.
      const ok = model.return(call.call, gone && normal ? { is: 'saw', state: absent } : { is: 'nothing' }, absent)
      if (!ok) return deviated(tracked, 'missing')
      return gone || !normal || tracked.tainted ? null : 'refused'
    }
    if (op.op === 'has') {
      const present = outcome.value === true
      const adopt = present ? ([...tracked.written].at(-1) ?? absent) : absent
      const ok = model.return(call.call, { is: 'saw-presence', present }, adopt)
      return ok ? null : deviated(tracked, present ? 'ghost' : 'missing')
    }
    const state = seenState(outcome.value as SeenValue)
    const ok = model.return(call.call, { is: 'saw', state }, state)
    return ok ? null : deviated(tracked, deviationOf(tracked, state, before))
  }

  function endOfWrite(op: 'put' | 'delete', outcome: Outcome & { is: 'ok' | 'fail' }): EntryReturn | null {
    if (outcome.is === 'ok') return { is: 'written' }
    if (op === 'delete' && outcome.failure.code === 'not-found') return { is: 'saw-absent-unchanged' }
    return uncertain.has(outcome.failure.code) ? null : { is: 'nothing' }
  }

  function deviated(tracked: Tracked, deviation: Deviation): Deviation | null {
    if (tracked.tainted || tracked.lost) return null
    tracked.tainted = true
    return deviation
  }

  function acknowledged(tracked: Tracked, call: Flying, normal: boolean): void {
    const alike = tracked.since & since.lookAlike
    tracked.since = alike | (call.overlapped ? since.overlap : 0) | (normal ? 0 : since.storeless)
    tracked.tainted = false
    tracked.lastWrite = call.op.op === 'delete' ? 'delete' : 'put'
    if (call.op.op === 'put') handled = true
  }

  function reset(outcome: Outcome): void {
    for (const tracked of entries.values()) {
      if (outcome.is === 'ok') {
        tracked.model.set(absent)
        tracked.since = 0
        tracked.lastWrite = null
        tracked.tainted = tracked.model.inFlight > 0
      } else tracked.model.may([absent])
    }
  }

  function listed(fact: CallFact, value: unknown): void {
    const names = new Set(Array.isArray(value) ? (value as readonly string[]) : [])
    for (const tracked of entries.values()) {
      if (tracked.model.inFlight > 0) continue
      const call = -1 - fact.call
      const present = names.has(tracked.name)
      const before = tracked.model.states()
      tracked.model.invoke({ call, does: 'exists' })
      const ok = tracked.model.return(
        call,
        { is: 'saw-presence', present },
        present ? ([...tracked.written].at(-1) ?? absent) : absent,
      )
      const deviation = ok ? null : deviated(tracked, present ? 'ghost' : 'missing')
      if (deviation === null) continue
      const seen: CallFact = { ...fact, deviation, possible: [...before].map((state) => refs[state] ?? null) }
      note(concernOfRead(tracked.since, tracked.touch, tracked.lastWrite, false), fact.at, seen)
    }
    // A name that nobody wrote: an alias of one that somebody did.
    for (const name of names)
      if (!entries.has(name) && [...entries.keys()].some((known) => lookAlike(known, name)))
        note('look-alike-name', fact.at, { ...fact, deviation: 'ghost' })
  }

  function situate(
    fact: CallFact,
    tracked: Tracked | null,
    before: ReadonlySet<State> | null,
    was: {
      normal: boolean
      sinceBefore: number
      taintedBefore: boolean
      touchBefore: Touch
      lastBefore: Tracked['lastWrite']
    },
  ): void {
    const { op, outcome, at } = fact
    const writes = op.op === 'put' || op.op === 'delete'
    if (op.op === 'availability' && fact.footprint !== null && !fact.overlapped) note('availability-probe', at, fact)
    if (outcome.is === 'info' && (outcome.why === 'killed' || outcome.why === 'lost')) return
    if (fact.overlapped && was.normal) note('overlapping-calls', at, fact)
    if (!fact.overlapped && fact.keyring === 'locked' && outcome.is !== 'ok' && needsKeyring(op))
      note('call-while-locked', at, fact)
    if (!fact.overlapped && fact.keyring === 'absent' && outcome.is !== 'ok' && needsKeyring(op))
      note('call-while-absent', at, fact)
    if (
      writes &&
      !fact.overlapped &&
      (fact.keyring === 'locked' || fact.keyring === 'absent') &&
      fact.vault === 'unlocked'
    )
      note('write-without-store', at, fact)
    if (op.op === 'unlock' && fact.keyring === 'locked' && fact.vault === 'locked')
      note('existing-while-locked', at, fact)
    if (tracked === null || before === null) return
    const exists = !before.has(absent)
    if (
      !writes &&
      !fact.overlapped &&
      fact.keyring === 'locked' &&
      fact.vault === 'unlocked' &&
      exists &&
      !was.taintedBefore
    )
      note('existing-while-locked', at, fact)
    if (!was.normal) return
    if (writes) {
      if (outcome.is === 'ok') note('acknowledged-write', at, fact)
      if (!fact.overlapped && !was.taintedBefore) {
        if (op.op === 'delete' && !exists && before.size === 1 && was.lastBefore === 'delete')
          note('read-after-delete', at, fact)
        else if (op.op === 'put')
          note(concernOfWrite(touchOf(op.value, tracked.name, description), was.sinceBefore), at, fact)
        else if (fact.deviation !== null)
          note(concernOfRead(was.sinceBefore, was.touchBefore, was.lastBefore, false), at, fact)
      }
      return
    }
    if (was.taintedBefore) return
    const during = fact.overlapped && op.op === 'get'
    if (!fact.overlapped && fact.deviation === null && op.op === 'get') {
      if (outcome.is === 'ok') {
        const seen = outcome.value as SeenValue
        if (seen.is === 'canary' && seen.canary.kind !== 'empty') note('round-trip', at, fact)
      } else if (outcome.is === 'fail' && outcome.failure.code === 'not-found') note('absent-read', at, fact)
    }
    // A read before any write says nothing of what was kept, unless it sees something.
    if (was.lastBefore === null && fact.deviation === null && !during && (was.sinceBefore & since.crash) === 0) {
      if ((was.sinceBefore & since.lookAlike) !== 0) note('look-alike-name', at, fact)
      return
    }
    note(concernOfRead(was.sinceBefore, was.touchBefore, was.lastBefore, during), at, fact)
  }

  function needsKeyring(op: Operation): boolean {
    return op.op !== 'availability' && op.op !== 'state' && op.op !== 'lock'
  }

  function observed(event: Event & { type: 'observation' }): void {
    const { observation } = event
    if (observation.probe === 'leak' && !observation.where.startsWith('file'))
      note('secret-handled', event.seq, null, observation)
    if (observation.probe === 'log-sweep' && handled) note('secret-handled', event.seq, null)
  }
}
