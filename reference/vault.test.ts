import { describe, expect, it } from 'vitest'
import type { VaultCall } from '../harness/contract/operations.ts'
import type { Answer, Vault } from '../harness/contract/vault.ts'
import { limits } from './description.ts'
import { type MemoryWorld, memoryWorld } from './memory-world.ts'
import reference from './module.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const put = (name: string, text: string): VaultCall => ({ op: 'put', name, value: bytes(text) })
const get = (name: string): VaultCall => ({ op: 'get', name })
const open = (world: MemoryWorld): Vault =>
  reference.open({ namespace: 'run/1', directory: 'memory', ports: world.ports })

async function ask(world: MemoryWorld, vault: Vault, call: VaultCall): Promise<unknown> {
  const answers = await world.run([vault.invoke(call)])
  if (answers?.[0] === undefined) throw new Error('crashed')
  return said(answers[0])
}
/** What an answer says: a code, or the value with bytes as text. */
function said(answer: Answer): unknown {
  if (answer.is === 'fail') return answer.failure.code
  if (answer.is === 'native') return 'native'
  return answer.value instanceof Uint8Array ? `=${Buffer.from(answer.value).toString()}` : answer.value
}
async function ready(world: MemoryWorld): Promise<Vault> {
  const vault = open(world)
  expect(await ask(world, vault, { op: 'setUp' })).toBe(null)
  return vault
}

describe('a store', () => {
  it('gives back what was put, and tells empty from absent', async () => {
    const world = memoryWorld()
    const vault = await ready(world)
    expect(await ask(world, vault, get('a'))).toBe('not-found')
    expect(await ask(world, vault, put('a', ''))).toBe(null)
    expect(await ask(world, vault, get('a'))).toBe('=')
    await ask(world, vault, put('a', 'x\0y\n'))
    expect(await ask(world, vault, get('a'))).toBe('=x\0y\n')
    expect(await ask(world, vault, { op: 'has', name: 'a' })).toBe(true)
    expect(await ask(world, vault, { op: 'delete', name: 'a' })).toBe(null)
    expect(await ask(world, vault, { op: 'delete', name: 'a' })).toBe(null)
    expect(await ask(world, vault, { op: 'has', name: 'a' })).toBe(false)
  })
  it('keeps names apart that look alike, and shows none of them on disk', async () => {
    const world = memoryWorld()
    const vault = await ready(world)
    const names = ['Name', 'name', 'n/ame', '../name', 'é', 'e\u0301', 'a\0', 'a', '', ' ', '\ud800', '\ufffd', 'a.tmp']
    for (const name of names) await ask(world, vault, put(name, `of ${JSON.stringify(name)}`))
    for (const name of names) expect(await ask(world, vault, get(name))).toBe(`=of ${JSON.stringify(name)}`)
    expect(await ask(world, vault, { op: 'list' })).toEqual([...names].sort())
    for (const path of world.files.keys()) expect(path).toMatch(/^(header|manifest\.\d+|entry-[0-9a-f]{64}\.\d+)$/)
    const disk = Buffer.concat([...world.files.values()].map((file) => file.bytes))
    expect(disk.includes('Name') || disk.includes(Buffer.from('Name', 'utf16le')) || disk.includes('of "')).toBe(false)
  })
  it('refuses what is too large and leaves the old value', async () => {
    const world = memoryWorld()
    const vault = await ready(world)
    await ask(world, vault, put('a', 'old'))
    const large = await vault.invoke({ op: 'put', name: 'a', value: new Uint8Array(limits.value + 1) })
    expect(large).toMatchObject({ is: 'fail', failure: { code: 'too-large', limit: limits.value } })
    const named = await vault.invoke(get('x'.repeat(limits.name + 1)))
    expect(named).toMatchObject({ is: 'fail', failure: { code: 'too-large', limit: limits.name } })
    expect(await ask(world, vault, get('a'))).toBe('=old')
    const largest = new Uint8Array(limits.value).fill(7)
    expect((await world.run([vault.invoke({ op: 'put', name: 'a', value: largest })]))?.[0]?.is).toBe('ok')
  })
  it('takes the value as it was when called, and leaves the caller its copy', async () => {
    const world = memoryWorld()
    const vault = await ready(world)
    const mine = bytes('before')
    const pending = vault.invoke({ op: 'put', name: 'a', value: mine })
    mine.set(bytes('after!'))
    await world.run([pending])
    expect(await ask(world, vault, get('a'))).toBe('=before')
    expect(Buffer.from(mine).toString()).toBe('after!')
  })
  it('says no-space, keeps the old value and no left-over', async () => {
    const world = memoryWorld()
    const vault = await ready(world)
    await ask(world, vault, put('a', 'old'))
    world.room = 10
    expect(await ask(world, vault, put('a', 'new'))).toBe('no-space')
    expect(await ask(world, vault, get('a'))).toBe('=old')
    expect([...world.files.keys()].filter((path) => path.endsWith('.tmp'))).toEqual([])
  })
})

describe('damage', () => {
  const one = async () => {
    const world = memoryWorld()
    const vault = await ready(world)
    await ask(world, vault, put('a', 'value of a'))
    await ask(world, vault, put('b', 'value of b'))
    const [a = '', b = ''] = [...world.files.keys()].filter((path) => path.startsWith('entry-'))
    return { world, vault, a, b }
  }
  const content = (world: MemoryWorld, path: string) => world.files.get(path)?.bytes ?? new Uint8Array()

  it('of any bit of an entry is corrupt, and a put mends it', async () => {
    const { world, vault, a } = await one()
    const whole = content(world, a)
    for (let at = 0; at < whole.length; at++) {
      const changed = Uint8Array.from(whole)
      changed[at] = (changed[at] ?? 0) ^ 1
      world.files.set(a, { bytes: changed, synced: changed })
      expect([at, await ask(world, vault, get('a'))]).toEqual([at, 'corrupt'])
    }
    for (const cut of [0, 4, 20, whole.length - 1]) {
      world.files.set(a, { bytes: whole.slice(0, cut), synced: whole })
      expect(await ask(world, vault, get('a'))).toBe('corrupt')
      expect(await ask(world, vault, { op: 'list' })).toBe('corrupt')
    }
    expect(await ask(world, vault, get('b'))).toBe('=value of b')
    expect(await ask(world, vault, put('a', 'again'))).toBe(null)
    expect(await ask(world, vault, get('a'))).toBe('=again')
  })
  it('by swapping two entries is corrupt', async () => {
    const { world, vault, a, b } = await one()
    const [first, second] = [content(world, a), content(world, b)]
    world.files.set(a, { bytes: second, synced: second })
    world.files.set(b, { bytes: first, synced: first })
    expect(await ask(world, vault, get('a'))).toBe('corrupt')
    expect(await ask(world, vault, get('b'))).toBe('corrupt')
  })
  it('of any bit of the header is refused at unlock, and reset is the way out', async () => {
    const { world } = await one()
    const whole = content(world, 'header')
    for (let at = 0; at < whole.length; at++) {
      const changed = Uint8Array.from(whole)
      changed[at] = (changed[at] ?? 0) ^ 1
      world.files.set('header', { bytes: changed, synced: changed })
      expect([at, await ask(world, open(world), { op: 'unlock' })]).toEqual([at, 'corrupt'])
    }
    const vault = open(world)
    expect(await ask(world, vault, { op: 'reset' })).toBe(null)
    expect(await ask(world, vault, { op: 'setUp' })).toBe(null)
  })
  it('by a missing header is corrupt, never not-set-up', async () => {
    const { world } = await one()
    world.files.delete('header')
    const vault = open(world)
    for (const call of [{ op: 'state' }, { op: 'setUp' }, { op: 'unlock' }, get('a')] as const)
      expect(await ask(world, vault, call)).toBe('corrupt')
    expect(await ask(world, vault, { op: 'reset' })).toBe(null)
    expect(await ask(world, vault, { op: 'state' })).toBe('not-set-up')
  })
  it('by the loss of all files is corrupt, and undone by putting them back', async () => {
    const { world } = await one()
    const files = new Map(world.files)
    world.files.clear()
    expect(await ask(world, open(world), { op: 'unlock' })).toBe('corrupt')
    for (const [name, file] of files) world.files.set(name, file)
    expect(await ask(world, open(world), { op: 'unlock' })).toBe(null)
  })
  it('by a missing or foreign key is told apart', async () => {
    const { world } = await one()
    const [item = '', secret = new Uint8Array()] = [...world.secrets][0] ?? []
    world.secrets.clear()
    expect(await ask(world, open(world), { op: 'unlock' })).toBe('key-invalidated')
    const other = memoryWorld()
    other.ports.random.bytes(7)
    await ready(other)
    const [foreign = new Uint8Array()] = other.secrets.values()
    world.secrets.set(item, foreign)
    expect(await ask(world, open(world), { op: 'unlock' })).toBe('wrong-key')
    for (let at = 0; at < secret.length; at++) {
      const changed = Uint8Array.from(secret)
      changed[at] = changed[at] === 48 ? 49 : 48
      world.secrets.set(item, changed)
      const seen = await ask(world, open(world), { op: 'unlock' })
      // The fourth byte is the version.
      expect([at, seen]).toEqual([at, at === 6 || at === 7 ? 'wrong-format' : 'corrupt'])
    }
    world.secrets.set(item, secret.slice(2))
    expect(await ask(world, open(world), { op: 'unlock' })).toBe('corrupt')
    world.secrets.set(item, secret)
    expect(await ask(world, open(world), { op: 'unlock' })).toBe(null)
  })
})
