import { absent, type EntryCall, type EntryReturn, type State } from './entry-call.ts'
import { agrees, begun, distinct, reaching, settled, type World, without } from './possibility.ts'

/*
 * One entry of a store as a register, judged by linearizability: a call takes effect at one instant between its
 * invocation and its return. All worlds that agree with what was seen are kept, and what need not have happened yet
 * happens later (just-in-time linearization, Lowe, "Testing for linearizability", 2017); when no world is left, what was
 * seen cannot happen.
 */

export { absent, type EntryCall, type EntryReturn, type State } from './entry-call.ts'

export interface Entry {
  invoke(call: EntryCall): void
  /** False when no world agrees; the entry then adopts `adopt` as its only world. */
  return(call: number, how: EntryReturn, adopt: State): boolean
  /** The call may take effect now or never, and nobody will be told. */
  abandon(call: number): void
  /** The call may still take effect at any later time. False when there are too many such to follow any further. */
  forget(call: number): boolean
  /** Adds worlds: the states that an event outside all calls may leave. */
  may(states: readonly State[]): void
  /** The only world from now on. */
  set(state: State): void
  /** The states that are possible now, none twice, calls in flight not counted. */
  states(): readonly State[]
  readonly inFlight: number
}

/** Orders of n calls grow as n!; past this many unanswered writes an entry is given up. */
const followed = 2

export function entry(): Entry {
  let worlds: readonly World[] = [settled(absent)]
  /** States to which writes in flight may have led by now, beside those of the worlds. */
  let beside: readonly State[] = nothing
  let flying: readonly EntryCall[] = []
  let forgotten = 0

  const placeOf = (id: number): number => flying.findIndex(({ call }) => call === id)
  const land = (at: number) => {
    flying = flying.length === 1 ? [] : flying.toSpliced(at, 1)
  }
  /** These are the worlds from now on, and the call at this place is over. */
  const keep = (left: readonly World[], id: number, at: number) => {
    land(at)
    worlds = distinct(left.map((world) => without(world, id, at)))
    beside = flying.length === 0 ? nothing : worlds.flatMap(({ done }) => ahead(done, flying))
  }
  return {
    get inFlight() {
      return flying.length
    },
    invoke(call) {
      flying = [...flying, call]
      if (flying.length > 1) worlds = worlds.map((world) => begun(world, call))
    },
    return(id, how, adopt) {
      const at = placeOf(id)
      const call = flying[at]
      if (call === undefined) return true
      const [only] = worlds
      // The common case: one call at a time and one world.
      if (flying.length === 1 && worlds.length === 1 && only !== undefined && only.done.length === 0) {
        land(at)
        beside = nothing
        const ok = how.is === 'written' || agrees(only, call, at, how)
        if (!ok) worlds = [settled(adopt)]
        else if (how.is === 'written' && call.does === 'write') worlds = [settled(call.value)]
        else if (only.met !== null) worlds = [settled(only.state)]
        return ok
      }
      const ends = (world: World) => agrees(world, call, at, how)
      // What took effect cannot be undone, and a refused write never does.
      const others = how.is === 'nothing' ? nothing : flying.filter((one) => one !== call || how.is === 'written')
      const left = reaching(worlds, flying, others, ends)
      if (left.length > 0) keep(left, id, at)
      else {
        land(at)
        worlds = [settled(adopt)]
        beside = nothing
      }
      return left.length > 0
    },
    abandon(id) {
      const at = placeOf(id)
      const call = flying[at]
      if (call === undefined) return
      const took = call.does === 'write' ? reaching(worlds, flying, flying, ({ done }) => done.includes(id)) : nothing
      keep([...worlds, ...took], id, at)
    },
    forget(id) {
      const at = placeOf(id)
      const call = flying[at]
      if (call === undefined) return true
      // A write stays in flight: it may take effect later or never.
      if (call.does === 'write') return ++forgotten <= followed
      land(at)
      worlds = distinct(worlds.map((world) => without(world, id, at)))
      return true
    },
    may(states) {
      worlds = distinct([...worlds, ...states.map(settled)])
    },
    set(state) {
      worlds = [settled(state)]
      beside = nothing
    },
    states() {
      const [only] = worlds
      if (only !== undefined && worlds.length === 1 && beside.length === 0) return [only.state]
      return [...new Set([...worlds.map(({ state }) => state), ...beside])]
    },
  }
}

const nothing: readonly never[] = []

/** The states that writes in flight lead to where these took effect already. */
const ahead = (done: readonly number[], flying: readonly EntryCall[]): readonly State[] =>
  flying.flatMap((call) => (call.does === 'write' && !done.includes(call.call) ? [call.value] : []))
