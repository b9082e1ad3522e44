import fc from 'fast-check'
import { expect, test } from 'vitest'
import { absent, type EntryCall, type EntryReturn, entry, type State } from './entry.ts'

/*
 * The entry of `entry.ts` lets happen what must have happened. This one lets everything happen that can, in every order, and
 * keeps all worlds: slow and plain, to hold the other against.
 */
interface Plain {
  readonly state: State
  /** What each call saw that took effect without having returned. */
  readonly saw: ReadonlyMap<number, State>
}

function everyWorld() {
  let worlds: readonly Plain[] = [{ state: absent, saw: new Map() }]
  let flying: readonly EntryCall[] = []
  const keyOf = ({ state, saw }: Plain) => JSON.stringify([state, [...saw].sort(([a], [b]) => a - b)])
  const distinct = (all: readonly Plain[]) => [...new Map(all.map((world) => [keyOf(world), world])).values()]
  const all = (): readonly Plain[] => {
    const reached = new Map<string, Plain>()
    const visit = (world: Plain): void => {
      if (reached.has(keyOf(world))) return
      reached.set(keyOf(world), world)
      for (const call of flying)
        if (!world.saw.has(call.call))
          visit({
            state: call.does === 'write' ? call.value : world.state,
            saw: new Map(world.saw).set(call.call, world.state),
          })
    }
    worlds.forEach(visit)
    return [...reached.values()]
  }
  const over = (id: number, left: readonly Plain[]) => {
    flying = flying.filter(({ call }) => call !== id)
    worlds = distinct(left.map(({ state, saw }) => ({ state, saw: new Map([...saw].filter(([call]) => call !== id)) })))
  }
  return {
    invoke: (call: EntryCall) => {
      flying = [...flying, call]
    },
    return(id: number, how: EntryReturn, adopt: State): boolean {
      const left = all().filter(({ saw }) => agrees(saw.get(id), how))
      over(id, left.length === 0 ? [{ state: adopt, saw: new Map() }] : left)
      return left.length > 0
    },
    abandon: (id: number) => over(id, all()),
    forget: (id: number) => {
      if (flying.find(({ call }) => call === id)?.does !== 'write') over(id, worlds)
    },
    may: (state: State) => {
      worlds = distinct([...worlds, { state, saw: new Map() }])
    },
    set: (state: State) => {
      worlds = [{ state, saw: new Map() }]
    },
    states: () => [...new Set(worlds.map(({ state }) => state))].sort(),
  }
}

function agrees(saw: State | undefined, how: EntryReturn): boolean {
  if (how.is === 'nothing') return saw === undefined
  if (saw === undefined) return false
  if (how.is === 'written') return true
  if (how.is === 'saw-presence') return (saw !== absent) === how.present
  return saw === (how.is === 'saw' ? how.state : absent)
}

const state = fc.nat(3)
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('write' as const), value: state }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('read' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('exists' as const) }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('end' as const), which: fc.nat(9), how: fc.nat(7), state, adopt: state }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('abandon' as const), which: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const), which: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('may' as const), state }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('set' as const), state }) },
)

/** An end that this call can have, seldom a refusal. */
function endOf(call: EntryCall, how: number, seen: State): EntryReturn {
  if (how === 0) return { is: 'nothing' }
  if (call.does === 'read') return { is: 'saw', state: seen }
  if (call.does === 'exists') return { is: 'saw-presence', present: seen !== absent }
  return how === 1 && call.value === absent ? { is: 'saw-absent-unchanged' } : { is: 'written' }
}

test('an entry refuses what no order of all calls explains, and nothing else', () => {
  let [refused, told] = [0, 0]
  fc.assert(
    fc.property(fc.array(step, { minLength: 4, maxLength: 16 }), (steps) => {
      const [one, every] = [entry(), everyWorld()]
      const flying: EntryCall[] = []
      let forgotten = 0
      for (const [call, does] of steps.entries()) {
        if (does.do === 'write' || does.do === 'read' || does.do === 'exists') {
          if (flying.length === 5) continue
          const made: EntryCall =
            does.do === 'write' ? { call, does: 'write', value: does.value } : { call, does: does.do }
          flying.push(made)
          one.invoke(made)
          every.invoke(made)
        } else if (does.do === 'may' || does.do === 'set') {
          if (does.do === 'may') one.may([does.state])
          else one.set(does.state)
          every[does.do](does.state)
        } else {
          const [gone] = flying.splice(does.which % Math.max(1, flying.length), 1)
          if (gone === undefined) continue
          if (does.do === 'end') {
            const how = endOf(gone, does.how, does.state)
            const said = every.return(gone.call, how, does.adopt)
            expect(one.return(gone.call, how, does.adopt)).toBe(said)
            told++
            if (!said) refused++
          } else if (does.do === 'abandon') {
            one.abandon(gone.call)
            every.abandon(gone.call)
          } else {
            if (gone.does === 'write' && ++forgotten > 2) return
            one.forget(gone.call)
            every.forget(gone.call)
          }
        }
        expect([...one.states()].sort()).toEqual(every.states())
      }
    }),
    { seed: 5, numRuns: 4000 },
  )
  // Both kinds of answers were compared.
  expect(refused).toBeGreaterThan(500)
  expect(told - refused).toBeGreaterThan(500)
})
