import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { VaultCall } from '../../harness/contract/operations.ts'
import { ask, type Desk, desk, get, put } from './sample-desk.ts'
import { makeFormat1 } from './sample-format-1.ts'

const item = 'desk/vault\0vault-key'
/** Lets a process die at each effect of a call in turn, until one comes to its end. */
async function atEachEffect(
  before: (world: Desk) => Promise<unknown>,
  call: VaultCall,
  after: (world: Desk, effect: number) => Promise<void>,
): Promise<number> {
  for (let effect = 0; ; effect++) {
    using world = desk()
    await before(world)
    const vault = world.start()
    if (call.op !== 'setUp' && call.op !== 'unlock') await ask(vault, { op: 'unlock' })
    world.crashAt(effect)
    await ask(vault, call)
    const crashed = world.crashed()
    world.die()
    await after(world, effect)
    if (!crashed) return effect
  }
}
const ready = async (world: Desk) => {
  const vault = world.start()
  await ask(vault, { op: 'setUp' })
  await ask(vault, put('a', 'old'))
  await ask(vault, { op: 'lock' })
}

describe('a process that dies at any effect of a call', () => {
  it('set-up: a vault that opens, or one that can be set up', async () => {
    const effects = await atEachEffect(
      async () => {},
      { op: 'setUp' },
      async (world) => {
        const vault = world.start()
        const state = await ask(vault, { op: 'unlock' })
        expect(['not-set-up', null]).toContain(state)
        if (state !== null) expect(await ask(vault, { op: 'setUp' })).toBe(null)
        expect(await ask(vault, { op: 'list' })).toEqual([])
        expect(await ask(vault, put('a', 'one'))).toBe(null)
      },
    )
    expect(effects).toBeGreaterThan(10)
  })
  it('put: the old value or the new one, and the next write counts', async () => {
    const seen = new Set<unknown>()
    await atEachEffect(ready, put('a', 'new'), async (world) => {
      const vault = world.start()
      expect(await ask(vault, { op: 'unlock' })).toBe(null)
      seen.add(await ask(vault, get('a')))
      expect(await ask(vault, put('a', 'newest'))).toBe(null)
      await ask(vault, { op: 'lock' })
      await ask(vault, { op: 'unlock' })
      expect(await ask(vault, get('a'))).toBe('=newest')
    })
    expect([...seen].sort()).toEqual(['=new', '=old'])
  })
  it('reset: the vault as it was, or none', async () => {
    const seen = new Set<unknown>()
    await atEachEffect(ready, { op: 'reset' }, async (world) => {
      const vault = world.start()
      const state = await ask(vault, { op: 'unlock' })
      seen.add(state)
      if (state === null) return expect(await ask(vault, get('a'))).toBe('=old')
      expect(await ask(vault, { op: 'setUp' })).toBe(null)
      expect(await ask(vault, { op: 'list' })).toEqual([])
    })
    expect([...seen]).toEqual([null, 'not-set-up'])
  })
  it('upgrade: every row is there, and one database alone is left', async () => {
    const entries = new Map(Array.from({ length: 20 }, (_, n) => [`n${n}`, Buffer.from(`value ${n}`)] as const))
    const effects = await atEachEffect(
      async (world) => {
        world.secrets.set(item, makeFormat1(world.directory, writeFileSync, entries))
      },
      { op: 'unlock' },
      async (world) => {
        const vault = world.start()
        expect(await ask(vault, { op: 'unlock' })).toBe(null)
        expect(await vault.query({ limit: 100 })).toHaveLength(20)
        expect(await ask(vault, get('n19'))).toBe('=value 19')
        expect(await ask(vault, put('n1', 'new'))).toBe(null)
        const databases = [...world.files().keys()].filter((name) => name.endsWith('.db'))
        expect(databases).toEqual(['vault-2.2.db'])
      },
    )
    expect(effects).toBeGreaterThan(15)
  }, 60_000)
})

describe('a write that cannot be anchored', () => {
  it('changes nothing', async () => {
    using world = desk()
    await ready(world)
    const vault = world.start()
    await ask(vault, { op: 'unlock' })
    world.keyring = 'locked'
    expect(await ask(vault, put('a', 'new'))).toBe('store-locked')
    expect(await ask(vault, get('a'))).toBe('=old')
    world.keyring = 'unlocked'
    await ask(vault, { op: 'lock' })
    expect(await ask(vault, { op: 'unlock' })).toBe(null)
    expect(await ask(vault, get('a'))).toBe('=old')
  })
  it('is taken back where the keyring says no only then', async () => {
    using world = desk()
    await ready(world)
    const vault = world.start()
    await ask(vault, { op: 'unlock' })
    world.refuseSecrets = true
    expect(await ask(vault, put('b', 'new'))).toBe('access-denied')
    expect(await ask(vault, put('a', 'new'))).toBe('access-denied')
    world.refuseSecrets = false
    expect(await ask(vault, { op: 'list' })).toEqual(['a'])
    expect(await ask(vault, get('a'))).toBe('=old')
    await ask(vault, { op: 'lock' })
    expect(await ask(vault, { op: 'unlock' })).toBe(null)
    expect(await ask(vault, put('a', 'new'))).toBe(null)
  })
})
