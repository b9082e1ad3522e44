/**
 * One entry of a store as a register, judged by linearizability: a call takes effect at one instant between its
 * invocation and its return. All worlds that agree with what was seen are kept (just-in-time linearization, Lowe,
 * "Testing for linearizability", 2017); when none is left, what was seen cannot happen.
 */

/** 0 is absent; any other number names a written value. */
export type State = number
export const absent: State = 0

export type EntryCall =
  | { readonly call: number; readonly does: 'write'; readonly value: State }
  | { readonly call: number; readonly does: 'read' }
  | { readonly call: number; readonly does: 'exists' }

/** How a call on this entry ended: what it says of the state at its instant. */
export type EntryReturn =
  /** A write that took effect. */
  | { readonly is: 'written' }
  /** A read that saw this state. */
  | { readonly is: 'saw'; readonly state: State }
  /** It saw that something, or nothing, is there. */
  | { readonly is: 'saw-presence'; readonly present: boolean }
  /** A write that took no effect, for the reason that nothing was there. */
  | { readonly is: 'saw-absent-unchanged' }
  /** It took no effect and says nothing. */
  | { readonly is: 'nothing' }

/** One possibility: the state, and the calls that took effect already without having returned, with what they saw. */
interface World {
  readonly state: State
  readonly done: readonly Done[]
}
interface Done {
  readonly call: number
  readonly saw: State
}

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
  /** The states that are possible now, calls in flight not counted. */
  states(): ReadonlySet<State>
  readonly inFlight: number
}

/** Orders of n calls grow as n!; past this many unanswered writes an entry is given up. */
const followed = 2

const same = (world: World): string =>
  world.done.length === 0
    ? String(world.state)
    : `${world.state}|${world.done
        .map(({ call, saw }) => `${call}:${saw}`)
        .sort()
        .join()}`

export function entry(): Entry {
  let worlds: readonly World[] = [{ state: absent, done: [] }]
  const flying = new Map<number, EntryCall>()
  let forgotten = 0

  const distinct = (candidates: Iterable<World>): readonly World[] => {
    const seen = new Map<string, World>()
    for (const world of candidates) seen.set(same(world), world)
    return [...seen.values()]
  }
  const apply = (world: World, call: EntryCall): World => ({
    state: call.does === 'write' ? call.value : world.state,
    done: [...world.done, { call: call.call, saw: world.state }],
  })
  /** Every world reachable by letting calls in flight take effect, in any order, none twice. */
  const closure = (): readonly World[] => {
    const reached = new Map<string, World>()
    const queue = [...worlds]
    for (let world = queue.pop(); world !== undefined; world = queue.pop()) {
      const key = same(world)
      if (reached.has(key)) continue
      reached.set(key, world)
      for (const call of flying.values())
        if (!world.done.some((done) => done.call === call.call)) queue.push(apply(world, call))
    }
    return [...reached.values()]
  }
  const without = (world: World, call: number): World => ({
    state: world.state,
    done: world.done.filter((done) => done.call !== call),
  })
  const agrees = (done: Done | undefined, how: EntryReturn): boolean => {
    switch (how.is) {
      case 'written':
        return done !== undefined
      case 'saw':
        return done !== undefined && done.saw === how.state
      case 'saw-presence':
        return done !== undefined && (done.saw !== absent) === how.present
      case 'saw-absent-unchanged':
        return done !== undefined && done.saw === absent
      case 'nothing':
        return done === undefined
    }
  }

  return {
    get inFlight() {
      return flying.size
    },
    invoke(call) {
      flying.set(call.call, call)
    },
    return(id, how, adopt) {
      const call = flying.get(id)
      if (call === undefined) return true
      const only = worlds[0]
      // The common case: one call at a time and one world.
      if (flying.size === 1 && worlds.length === 1 && only !== undefined && only.done.length === 0) {
        flying.delete(id)
        const ok = agrees(how.is === 'nothing' ? undefined : { call: id, saw: only.state }, how)
        if (!ok) worlds = [{ state: adopt, done: [] }]
        else if (how.is === 'written' && call.does === 'write') worlds = [{ state: call.value, done: [] }]
        return ok
      }
      const left: World[] = []
      for (const world of closure()) {
        const done = world.done.find((candidate) => candidate.call === id)
        if (!agrees(done, how)) continue
        // A refused delete is a read: it must not have changed the state that it saw, which was absent already.
        left.push(without(world, id))
      }
      flying.delete(id)
      worlds = distinct(left)
      if (worlds.length > 0) return true
      worlds = [{ state: adopt, done: [] }]
      return false
    },
    abandon(id) {
      if (!flying.has(id)) return
      const after = closure()
      flying.delete(id)
      worlds = distinct(after.map((world) => without(world, id)))
    },
    forget(id) {
      const call = flying.get(id)
      if (call === undefined) return true
      // A write stays in flight: every later closure lets it take effect or not.
      if (call.does === 'write') return ++forgotten <= followed
      flying.delete(id)
      worlds = distinct(worlds.map((world) => without(world, id)))
      return true
    },
    may(states) {
      worlds = distinct([...worlds, ...states.map((state) => ({ state, done: [] }))])
    },
    set(state) {
      worlds = [{ state, done: [] }]
    },
    states: () => new Set(worlds.map((world) => world.state)),
  }
}
