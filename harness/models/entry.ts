import { absent, type EntryCall, type EntryReturn, type State } from './entry-call.ts'
import { agrees, closure, distinct, sawOf, settled, type World, without } from './possibility.ts'

/*
 * One entry of a store as a register, judged by linearizability: a call takes effect at one instant between its
 * invocation and its return. All worlds that agree with what was seen are kept (just-in-time linearization, Lowe,
 * "Testing for linearizability", 2017); when none is left, what was seen cannot happen.
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
  let flying: readonly EntryCall[] = []
  let forgotten = 0

  const land = (id: number) => {
    flying = flying.length === 1 ? [] : flying.filter(({ call }) => call !== id)
  }
  return {
    get inFlight() {
      return flying.length
    },
    invoke(call) {
      flying = [...flying, call]
    },
    return(id, how, adopt) {
      const call = flying.find((one) => one.call === id)
      if (call === undefined) return true
      const [only] = worlds
      // The common case: one call at a time and one world.
      if (flying.length === 1 && worlds.length === 1 && only !== undefined && only.done.length === 0) {
        land(id)
        const ok = agrees(how.is === 'nothing' ? null : only.state, how)
        if (!ok) worlds = [settled(adopt)]
        else if (how.is === 'written' && call.does === 'write') worlds = [settled(call.value)]
        return ok
      }
      // A refused delete is a read: it must not have changed the state that it saw, which was absent already.
      const left = closure(worlds, flying).filter((world) => agrees(sawOf(world, id), how))
      land(id)
      worlds = left.length === 0 ? [settled(adopt)] : distinct(left.map((world) => without(world, id)))
      return left.length > 0
    },
    abandon(id) {
      if (!flying.some(({ call }) => call === id)) return
      const reached = closure(worlds, flying)
      land(id)
      worlds = distinct(reached.map((world) => without(world, id)))
    },
    forget(id) {
      const call = flying.find((one) => one.call === id)
      if (call === undefined) return true
      // A write stays in flight: every later closure lets it take effect or not.
      if (call.does === 'write') return ++forgotten <= followed
      land(id)
      worlds = distinct(worlds.map((world) => without(world, id)))
      return true
    },
    may(states) {
      worlds = distinct([...worlds, ...states.map(settled)])
    },
    set(state) {
      worlds = [settled(state)]
    },
    states() {
      const states = worlds.map(({ state }) => state)
      return states.length < 2 ? states : [...new Set(states)]
    },
  }
}
