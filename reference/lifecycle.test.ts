import { describe, expect, it } from 'vitest'
import type { VaultCall } from '../harness/contract/operations.ts'
import type { Answer, Vault } from '../harness/contract/vault.ts'
import { type MemoryWorld, memoryWorld } from './memory-world.ts'
import reference from './module.ts'

const put = (name: string, text: string): VaultCall => ({ op: 'put', name, value: new TextEncoder().encode(text) })
const get = (name: string): VaultCall => ({ op: 'get', name })
const open = (world: MemoryWorld): Vault =>
  reference.open({ namespace: 'run/1', directory: 'memory', ports: world.ports })
const said = (answer: Answer | undefined): unknown => {
  if (answer === undefined || answer.is === 'native') return 'nothing'
  if (answer.is === 'fail') return answer.failure.code
  return answer.value instanceof Uint8Array ? `=${Buffer.from(answer.value).toString()}` : answer.value
}
const ask = async (world: MemoryWorld, vault: Vault, call: VaultCall): Promise<unknown> =>
  said((await world.run([vault.invoke(call)]))?.[0])

describe('lifecycle', () => {
  it('goes from not set up to unlocked, locked and back', async () => {
    const world = memoryWorld()
    const vault = open(world)
    const steps: readonly (readonly [VaultCall, unknown])[] = [
      [{ op: 'state' }, 'not-set-up'],
      [{ op: 'availability' }, 'not-set-up'],
      [get('a'), 'not-set-up'],
      [{ op: 'unlock' }, 'not-set-up'],
      [{ op: 'setUp' }, null],
      [{ op: 'setUp' }, 'already-set-up'],
      [{ op: 'state' }, 'unlocked'],
      [{ op: 'availability' }, 'available'],
      [put('a', '1'), null],
      [{ op: 'lock' }, null],
      [{ op: 'state' }, 'locked'],
      [{ op: 'availability' }, 'locked'],
      [get('a'), 'vault-locked'],
      [put('a', '2'), 'vault-locked'],
      [{ op: 'list' }, 'vault-locked'],
      [{ op: 'unlock' }, null],
      [{ op: 'unlock' }, null],
      [get('a'), '=1'],
      [{ op: 'reset' }, null],
      [{ op: 'reset' }, null],
      [{ op: 'state' }, 'not-set-up'],
      [{ op: 'setUp' }, null],
      [get('a'), 'not-found'],
    ]
    for (const [call, expected] of steps) expect([call.op, await ask(world, vault, call)]).toEqual([call.op, expected])
    expect(await ask(world, open(world), { op: 'state' })).toBe('locked')
  })
  it('leaves nothing behind after reset', async () => {
    const world = memoryWorld()
    const vault = open(world)
    for (const call of [{ op: 'setUp' }, put('a', '1'), { op: 'reset' }] as const) await ask(world, vault, call)
    world.cutPower('all')
    expect([...world.files.keys()]).toEqual([])
    expect([...world.secrets.keys()]).toEqual([])
    expect(world.log).toEqual([])
  })
  it('tells a locked and an absent keyring apart from anything else, and a refused reset changes nothing', async () => {
    const world = memoryWorld()
    await ask(world, open(world), { op: 'setUp' })
    for (const [state, code, shown] of [
      ['locked', 'store-locked', 'locked'],
      ['absent', 'unavailable', 'unavailable'],
    ] as const) {
      world.keyring = state
      const vault = open(world)
      expect(await ask(world, vault, { op: 'unlock' })).toBe(code)
      expect(await ask(world, vault, { op: 'reset' })).toBe(code)
      expect(await ask(world, vault, { op: 'availability' })).toBe(shown)
      expect(await ask(world, vault, { op: 'state' })).toBe('locked')
      expect(await ask(world, vault, get('a'))).toBe('vault-locked')
      const fresh = memoryWorld()
      fresh.keyring = state
      expect(await ask(fresh, open(fresh), { op: 'setUp' })).toBe(code)
      expect(fresh.files.size).toBe(0)
    }
    world.keyring = 'unlocked'
    expect(await ask(world, open(world), { op: 'unlock' })).toBe(null)
  })
  it('reads without the keyring once it is open; a write that cannot be anchored changes nothing', async () => {
    const world = memoryWorld()
    const vault = open(world)
    await ask(world, vault, { op: 'setUp' })
    await ask(world, vault, put('a', 'old'))
    for (const [state, code] of [
      ['absent', 'unavailable'],
      ['locked', 'store-locked'],
    ] as const) {
      world.keyring = state
      expect(await ask(world, vault, put('a', 'new'))).toBe(code)
      expect(await ask(world, vault, { op: 'delete', name: 'a' })).toBe(code)
      expect(await ask(world, vault, get('a'))).toBe('=old')
    }
    world.keyring = 'unlocked'
    const again = open(world)
    await ask(world, again, { op: 'unlock' })
    expect(await ask(world, again, get('a'))).toBe('=old')
    expect(world.files.size).toBe(3)
    expect(await ask(world, again, put('a', 'new'))).toBe(null)
    expect(await ask(world, again, get('a'))).toBe('=new')
  })
  it('takes a set-up back whose header did not fit on the disk', async () => {
    const world = memoryWorld()
    world.room = 0
    const vault = open(world)
    expect(await ask(world, vault, { op: 'setUp' })).toBe('no-space')
    expect([world.secrets.size, world.files.size]).toEqual([0, 0])
    world.room = 1e6
    expect(await ask(world, vault, { op: 'setUp' })).toBe(null)
  })
})

describe('calls at the same time', () => {
  it('are correct in any order of effects', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const world = memoryWorld()
      const vault = open(world)
      await ask(world, vault, { op: 'setUp' })
      let state = seed
      const choose = (pending: number) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0
        return (state >>> 16) % Math.max(pending, 1)
      }
      const calls = [put('a', '1'), get('a'), put('a', '2'), put('b', '3'), get('a'), { op: 'list' }] as const
      const more = [{ op: 'lock' }, get('a'), { op: 'unlock' }, get('b'), { op: 'reset' }, { op: 'state' }] as const
      const answers = await world.run(
        [...calls, ...more].map((call) => vault.invoke(call)),
        choose,
      )
      const expected = [null, '=1', null, null, '=2', ['a', 'b'], null, 'vault-locked', null, '=3', null, 'not-set-up']
      expect(answers?.map(said)).toEqual(expected)
    }
  })
})

describe('a crash at every effect', () => {
  const crashes = ['kill', 'all', 'contents'] as const
  /** Counts the effects of a call, then crashes it at each of them, in each way. */
  async function* crashed(before: readonly VaultCall[], call: VaultCall) {
    const total = async () => {
      const world = memoryWorld()
      const vault = open(world)
      for (const first of before) await ask(world, vault, first)
      const from = world.count()
      await ask(world, vault, call)
      return world.count() - from
    }
    const effects = await total()
    expect(effects).toBeGreaterThan(2)
    for (const crash of crashes)
      for (let at = 0; at < effects; at++) {
        const world = memoryWorld()
        const vault = open(world)
        for (const first of before) await ask(world, vault, first)
        world.crashAt(at)
        expect(await world.run([vault.invoke(call)])).toBe(null)
        if (crash === 'kill') world.restart()
        else world.cutPower(crash)
        yield { world, vault: open(world), where: `${call.op}, effect ${at}, ${crash}`, finished: false }
      }
    for (const loses of ['all', 'contents'] as const) {
      const world = memoryWorld()
      const vault = open(world)
      for (const first of [...before, call]) await ask(world, vault, first)
      world.cutPower(loses)
      yield { world, vault: open(world), where: `${call.op} finished, ${loses}`, finished: true }
    }
  }
  /** One header, one manifest, and a file for each entry. */
  const noLeftOvers = (world: MemoryWorld, entries: number) =>
    world.files.has('header') && world.files.size === 2 + entries
  const filled: readonly VaultCall[] = [{ op: 'setUp' }, put('a', 'old'), put('other', 'kept')]

  it('of put leaves old or new', async () => {
    const seen = new Set<unknown>()
    for await (const { world, vault, where, finished } of crashed(filled, put('a', 'new'))) {
      expect([where, await ask(world, vault, { op: 'unlock' })]).toEqual([where, null])
      const value = await ask(world, vault, get('a'))
      seen.add(value)
      expect([where, finished ? value === '=new' : value === '=new' || value === '=old']).toEqual([where, true])
      expect(await ask(world, vault, get('other'))).toBe('=kept')
      expect(await ask(world, vault, { op: 'list' })).toEqual(['a', 'other'])
      expect([where, noLeftOvers(world, 2)]).toEqual([where, true])
      world.cutPower('all')
      const again = open(world)
      await ask(world, again, { op: 'unlock' })
      expect([where, await ask(world, again, get('a'))]).toEqual([where, value])
    }
    expect([...seen].sort()).toEqual(['=new', '=old'])
  })
  it('of delete leaves it there or not', async () => {
    for await (const { world, vault, where, finished } of crashed(filled, { op: 'delete', name: 'a' })) {
      expect([where, await ask(world, vault, { op: 'unlock' })]).toEqual([where, null])
      const value = await ask(world, vault, get('a'))
      expect([where, value === 'not-found' || (!finished && value === '=old')]).toEqual([where, true])
      expect([where, noLeftOvers(world, value === 'not-found' ? 1 : 2)]).toEqual([where, true])
      expect(await ask(world, vault, get('other'))).toBe('=kept')
    }
  })
  it('of set-up leaves a vault, or none that stands in the way of another', async () => {
    const seen = new Set<unknown>()
    for await (const { world, vault, where, finished } of crashed([], { op: 'setUp' })) {
      const state = await ask(world, vault, { op: 'state' })
      seen.add(state)
      expect([where, finished ? state === 'locked' : state === 'locked' || state === 'not-set-up']).toEqual([
        where,
        true,
      ])
      expect([where, await ask(world, vault, { op: state === 'locked' ? 'unlock' : 'setUp' })]).toEqual([where, null])
      expect(await ask(world, vault, put('a', '1'))).toBe(null)
      expect(await ask(world, vault, get('a'))).toBe('=1')
      expect([where, noLeftOvers(world, 1), world.secrets.size]).toEqual([where, true, 1])
    }
    expect([...seen].sort()).toEqual(['locked', 'not-set-up'])
  })
  it('of set-up, and of the set-up after it, still leaves none that stands in the way', async () => {
    const crash = async (world: MemoryWorld, at: number) => {
      world.crashAt(at)
      const answers = await world.run([open(world).invoke({ op: 'setUp' })])
      world.restart()
      return answers === null
    }
    let twice = 0
    for (let first = 0; ; first++)
      for (let second = 0; ; second++) {
        const world = memoryWorld()
        if (!(await crash(world, first))) {
          expect(twice).toBeGreaterThan(100)
          return
        }
        if (!(await crash(world, second))) break
        twice++
        const vault = open(world)
        const state = await ask(world, vault, { op: 'state' })
        const where = `effects ${first} and ${second}`
        expect([where, await ask(world, vault, { op: state === 'locked' ? 'unlock' : 'setUp' })]).toEqual([where, null])
      }
  })
  it('of reset leaves the vault whole, or none that stands in the way of another', async () => {
    const seen = new Set<unknown>()
    for await (const { world, vault, where, finished } of crashed(filled, { op: 'reset' })) {
      const state = await ask(world, vault, { op: 'state' })
      seen.add(state)
      expect([where, finished && state === 'locked']).toEqual([where, false])
      if (state === 'locked') {
        expect([where, await ask(world, vault, { op: 'unlock' })]).toEqual([where, null])
        expect(await ask(world, vault, get('a'))).toBe('=old')
        continue
      }
      expect([where, state]).toEqual([where, 'not-set-up'])
      expect([where, await ask(world, vault, { op: 'setUp' })]).toEqual([where, null])
      expect(await ask(world, vault, { op: 'list' })).toEqual([])
      expect([where, [...world.files.keys()]]).toEqual([where, ['manifest.1', 'header']])
    }
    expect([...seen].sort()).toEqual(['locked', 'not-set-up'])
  })
})
