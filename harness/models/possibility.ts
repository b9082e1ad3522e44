import { absent, type EntryCall, type EntryReturn, type State } from './entry-call.ts'

/**
 * One possible world: the state, which writes in flight took effect already, and for each call in flight the states that
 * it may have met since it was made. Reads need no world of their own: one that took effect anywhere on the way leaves
 * nothing behind but what it saw.
 */
export interface World {
  readonly state: State
  /** Calls, in ascending order. */
  readonly done: readonly number[]
  /** In the order of the calls in flight, ascending states each; empty for those of whom nobody will ask. Null: all met `state` alone. */
  readonly met: readonly (readonly State[])[] | null
}

const nothing: readonly never[] = []

/** The world in which no call is half done. */
export const settled = (state: State): World => ({ state, done: nothing, met: null })

/** Reads, and deletes, which may say that nothing was there. */
const asks = (call: EntryCall): boolean => call.does !== 'write' || call.value === absent

const metBy = ({ met, state }: World, at: number): readonly State[] => met?.[at] ?? [state]

/** The same, once one call more is in flight. */
export const begun = (world: World, call: EntryCall): World =>
  world.met === null ? world : { ...world, met: [...world.met, asks(call) ? [world.state] : nothing] }

/** The same, once nobody asks any more about the call at this place. */
export function without(world: World, call: number, at: number): World {
  const { met, done } = world
  if (met === null && done.length === 0) return world
  const rest = met === null ? null : met.toSpliced(at, 1)
  return {
    ...world,
    done: done.filter((one) => one !== call),
    met: rest?.every((states) => states.length === 0 || (states.length === 1 && states[0] === world.state))
      ? null
      : rest,
  }
}

/** The world after a write took effect in it. */
function after(world: World, write: EntryCall & { does: 'write' }, flying: readonly EntryCall[]): World {
  const { value } = write
  const done = [...world.done, write.call].sort((a, b) => a - b)
  const met = flying.map((call, at) => {
    if (!asks(call) || done.includes(call.call)) return nothing
    const before = metBy(world, at)
    return before.includes(value) ? before : [...before, value].sort((a, b) => a - b)
  })
  return { state: value, done, met }
}

/** The worlds without those of which another allows all that they allow. */
export function distinct(worlds: readonly World[]): readonly World[] {
  if (worlds.length < 2) return worlds
  const alike = new Map<State | string, World[]>()
  for (const world of worlds) {
    const key = world.done.length === 0 ? world.state : `${world.state}|${world.done.join()}`
    const others = alike.get(key)
    if (others === undefined) alike.set(key, [world])
    else if (!others.some((other) => allows(other, world)))
      alike.set(key, [...others.filter((other) => !allows(world, other)), world])
  }
  return [...alike.values()].flat()
}

/** Whether in one world every call in flight may have met what it may have met in another. */
const allows = (one: World, other: World): boolean =>
  other.met === null
    ? one.met === null || one.met.every((states) => states.length === 0 || states.includes(other.state))
    : other.met.every((states, at) => states.every((state) => metBy(one, at).includes(state)))

/**
 * The worlds in which `holds` is true, each reached by letting as few writes in flight as it takes take effect.
 * @param able those of the calls in flight that may
 */
export function reaching(
  worlds: readonly World[],
  flying: readonly EntryCall[],
  able: readonly EntryCall[],
  holds: (world: World) => boolean,
): readonly World[] {
  const found: World[] = []
  for (const world of worlds) {
    // From one world, those writes that took effect and the last of them say all there is to say.
    const seen = new Set<number>()
    const visit = (one: World, took: number): void => {
      if (holds(one)) {
        found.push(one)
        return
      }
      for (const [at, call] of able.entries()) {
        if (call.does !== 'write' || one.done.includes(call.call)) continue
        const both = took + 2 ** at
        const key = both * able.length + at
        if (seen.has(key)) continue
        seen.add(key)
        visit(after(one, call, flying), both)
      }
    }
    visit(world, 0)
  }
  return found
}

/** Whether the call at this place, which ended so, may have done so in this world. */
export function agrees(world: World, call: EntryCall, at: number, how: EntryReturn): boolean {
  const took = world.done.includes(call.call)
  switch (how.is) {
    case 'nothing':
      return !took
    case 'written':
      return took || call.does !== 'write'
    case 'saw':
      return !took && metBy(world, at).includes(how.state)
    case 'saw-absent-unchanged':
      return !took && metBy(world, at).includes(absent)
    case 'saw-presence':
      return !took && metBy(world, at).some((state) => (state !== absent) === how.present)
  }
}
