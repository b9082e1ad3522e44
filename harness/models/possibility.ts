import { absent, type EntryCall, type EntryReturn, type State } from './entry-call.ts'

/** One possible world: the state, and the calls that took effect already without having returned, with what they saw. */
export interface World {
  readonly state: State
  /** In the order of their calls. */
  readonly done: readonly Done[]
  /** The same for worlds that are the same. */
  readonly key: State | string
}
interface Done {
  readonly call: number
  readonly saw: State
}

/** The world in which no call is half done. */
export const settled = (state: State): World => ({ state, done: nothing, key: state })
const nothing: readonly Done[] = []

function world(state: State, done: readonly Done[]): World {
  if (done.length === 0) return settled(state)
  let key = `${state}`
  for (const { call, saw } of done) key += `|${call}:${saw}`
  return { state, done, key }
}

/** What a call saw when it took effect; null where it has not. */
export function sawOf({ done }: World, call: number): State | null {
  for (const one of done) if (one.call === call) return one.saw
  return null
}

/** The world after a call took effect in it. */
function after({ state, done }: World, call: EntryCall): World {
  const more = [...done, { call: call.call, saw: state }]
  // Calls seldom take effect in the order in which they began.
  if (more.length > 1) more.sort((a, b) => a.call - b.call)
  return world(call.does === 'write' ? call.value : state, more)
}

/** The world once nobody asks any more what this call saw. */
export const without = (of: World, call: number): World =>
  of.done.length === 0
    ? of
    : world(
        of.state,
        of.done.filter((done) => done.call !== call),
      )

export function distinct(worlds: readonly World[]): readonly World[] {
  if (worlds.length < 2) return worlds
  const seen = new Map<World['key'], World>()
  for (const one of worlds) seen.set(one.key, one)
  return [...seen.values()]
}

/** Every world reachable by letting calls in flight take effect, in any order, none twice. */
export function closure(worlds: readonly World[], flying: readonly EntryCall[]): readonly World[] {
  if (flying.length === 0) return worlds
  const reached = new Map<World['key'], World>()
  const queue = [...worlds]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (reached.has(next.key)) continue
    reached.set(next.key, next)
    for (const call of flying) if (sawOf(next, call.call) === null) queue.push(after(next, call))
  }
  return [...reached.values()]
}

/** Whether a call that saw this state, or null where it has not taken effect, may end so. */
export function agrees(saw: State | null, how: EntryReturn): boolean {
  switch (how.is) {
    case 'written':
      return saw !== null
    case 'saw':
      return saw === how.state
    case 'saw-presence':
      return saw !== null && (saw !== absent) === how.present
    case 'saw-absent-unchanged':
      return saw === absent
    case 'nothing':
      return saw === null
  }
}
