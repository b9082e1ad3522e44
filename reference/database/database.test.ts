import { randomBytes } from 'node:crypto'
import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ask, type Desk, desk, get, put } from './sample-desk.ts'

const file = (of: Desk) => join(of.directory, 'vault-2.1.db')
const ready = async (of: Desk) => {
  const vault = of.start()
  expect(await ask(vault, { op: 'setUp' })).toBe(null)
  return vault
}
const bytes = (text: string) => Buffer.from(text)

describe('a store in a database', () => {
  it('gives back what was put, tells empty from absent, and outlives its process', async () => {
    using world = desk()
    const vault = await ready(world)
    expect(await ask(vault, get('a'))).toBe('not-found')
    expect(await ask(vault, put('a', ''))).toBe(null)
    expect(await ask(vault, get('a'))).toBe('=')
    await ask(vault, put('a', 'x\0y\n'))
    expect(await ask(vault, { op: 'has', name: 'a' })).toBe(true)
    world.die()
    const next = world.start()
    expect(await ask(next, { op: 'state' })).toBe('locked')
    expect(await ask(next, get('a'))).toBe('vault-locked')
    expect(await ask(next, { op: 'unlock' })).toBe(null)
    expect(await ask(next, get('a'))).toBe('=x\0y\n')
    expect(await ask(next, { op: 'delete', name: 'a' })).toBe(null)
    expect(await ask(next, { op: 'delete', name: 'a' })).toBe(null)
    expect(await ask(next, get('a'))).toBe('not-found')
  })
  it('keeps names apart that look alike, and lists them in the order of their code units', async () => {
    using world = desk()
    const vault = await ready(world)
    const names = [
      'Name',
      'name',
      '../name',
      'é',
      'e\u0301',
      'a\0',
      'a',
      '',
      '\ud800',
      '\ufffd',
      'z\ud83d\ude00',
      'z\uffff',
    ]
    for (const name of names) await ask(vault, put(name, `of ${JSON.stringify(name)}`))
    for (const name of names) expect(await ask(vault, get(name))).toBe(`=of ${JSON.stringify(name)}`)
    expect(await ask(vault, { op: 'list' })).toEqual([...names].sort())
  })
  it('puts many or none, and gives pages by prefix', async () => {
    using world = desk()
    const vault = await ready(world)
    await vault.putMany(['b/2', 'a/1', 'a/3', 'a/2', 'a0'].map((name) => ({ name, value: bytes(name) })))
    const page = async (query: { prefix?: string; after?: string; limit: number }) =>
      (await vault.query(query)).map(({ name, value }) => [name, Buffer.from(value).toString()])
    expect(await page({ prefix: 'a/', limit: 2 })).toEqual([
      ['a/1', 'a/1'],
      ['a/2', 'a/2'],
    ])
    expect(await page({ prefix: 'a/', after: 'a/2', limit: 2 })).toEqual([['a/3', 'a/3']])
    // After a name that lies before all of the prefix, or behind them.
    expect(await page({ prefix: 'a/', after: 'Z', limit: 1 })).toEqual([['a/1', 'a/1']])
    expect(await page({ prefix: 'a/', after: 'b', limit: 1 })).toEqual([])
    expect((await page({ limit: 9 })).map(([name]) => name)).toEqual(['a/1', 'a/2', 'a/3', 'a0', 'b/2'])
    await expect(page({ limit: 0 })).rejects.toMatchObject({ failure: { code: 'invalid-argument' } })
    const large = { name: 'x', value: new Uint8Array(1_048_577) }
    await expect(vault.putMany([{ name: 'a/1', value: bytes('new') }, large])).rejects.toMatchObject({
      failure: { code: 'too-large' },
    })
    expect(await ask(vault, get('a/1'))).toBe('=a/1')
  })
  it('has one process at a time', async () => {
    using world = desk()
    await ready(world)
    expect(await ask(world.start(), { op: 'unlock' })).toBe('busy')
  })
  it('leaves nothing after a reset, and can be set up again', async () => {
    using world = desk()
    const vault = await ready(world)
    await ask(vault, put('a', 'one'))
    expect(await ask(vault, { op: 'reset' })).toBe(null)
    expect([...world.files().keys()]).toEqual([])
    expect(world.secrets.size).toBe(0)
    expect(await ask(vault, { op: 'state' })).toBe('not-set-up')
    expect(await ask(vault, { op: 'setUp' })).toBe(null)
    expect(await ask(vault, get('a'))).toBe('not-found')
  })
})

describe('four different answers', () => {
  const shut = async (of: Desk) => {
    const vault = await ready(of)
    await ask(vault, put('a', 'one'))
    await ask(vault, { op: 'lock' })
    return vault
  }
  it('wrong key: refused, nothing changed, and the right one opens', async () => {
    using world = desk()
    const vault = world.start()
    const key = randomBytes(32)
    await ask(vault, { op: 'setUp', key })
    await ask(vault, put('a', 'one'))
    await ask(vault, { op: 'lock' })
    const before = world.files()
    expect(await ask(vault, { op: 'unlock', key: randomBytes(32) })).toBe('wrong-key')
    expect(await ask(vault, { op: 'unlock', key: randomBytes(31) })).toBe('invalid-argument')
    expect(world.files()).toEqual(before)
    expect(await ask(vault, { op: 'unlock', key })).toBe(null)
    expect(await ask(vault, { op: 'unlock', key: randomBytes(32) })).toBe('wrong-key')
    expect(await ask(vault, get('a'))).toBe('=one')
  })
  it.each([0, 3, 20, 100, 4090])('damage of byte %i of the first page', async (at) => {
    using world = desk()
    const vault = await shut(world)
    const whole = readFileSync(file(world))
    const flipped = Buffer.from(whole)
    flipped[at] = (flipped[at] ?? 0) ^ 1
    writeFileSync(file(world), flipped)
    expect(await ask(vault, { op: 'unlock' })).toBe('corrupt')
    expect(readFileSync(file(world)).equals(flipped)).toBe(true)
    writeFileSync(file(world), whole)
    expect(await ask(vault, { op: 'unlock' })).toBe(null)
    expect(await ask(vault, get('a'))).toBe('=one')
  })
  it.each([0, 10, 4096, 5000])('a file cut to %i bytes', async (size) => {
    using world = desk()
    const vault = await shut(world)
    truncateSync(file(world), size)
    expect(await ask(vault, { op: 'unlock' })).toBe('corrupt')
    expect(readFileSync(file(world)).length).toBe(size)
  })
  it('a missing database, a missing head, and both', async () => {
    using world = desk()
    const vault = await shut(world)
    const head = join(world.directory, 'database.head')
    const whole = readFileSync(file(world))
    rmSync(file(world))
    expect(await ask(vault, { op: 'unlock' })).toBe('missing')
    writeFileSync(file(world), whole)
    const headBytes = readFileSync(head)
    rmSync(head)
    for (const op of ['unlock', 'setUp', 'state'] as const) expect(await ask(vault, { op })).toBe('missing')
    rmSync(file(world))
    for (const op of ['unlock', 'setUp'] as const) expect(await ask(vault, { op })).toBe('missing')
    writeFileSync(file(world), whole)
    writeFileSync(head, headBytes)
    expect(await ask(vault, { op: 'unlock' })).toBe(null)
  })
  it('a plain database, and one of older pages under the same name', async () => {
    using world = desk()
    const vault = await shut(world)
    writeFileSync(file(world), Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4080)]))
    expect(await ask(vault, { op: 'unlock' })).toBe('wrong-format')
  })
  it('a newer format is refused by its number, whatever the rest says', async () => {
    using world = desk()
    const vault = await shut(world)
    const head = join(world.directory, 'database.head')
    const [line = '', tag] = readFileSync(head, 'latin1').split('\n')
    const { createHash } = await import('node:crypto')
    const newer = `${line.replace('"format":2', '"format":7')}\n${tag}\n`
    writeFileSync(head, `${newer}${createHash('sha256').update(newer).digest('hex')}\n`)
    expect(await vault.invoke({ op: 'unlock' })).toMatchObject({
      failure: { code: 'wrong-format', reason: expect.stringContaining('format 7') },
    })
  })
  it('a lost key, which no empty database takes the place of', async () => {
    using world = desk()
    const vault = await shut(world)
    const [kept] = [...world.secrets]
    world.secrets.clear()
    const before = world.files()
    expect(await ask(vault, { op: 'unlock' })).toBe('key-invalidated')
    expect(await ask(vault, { op: 'setUp' })).toBe('already-set-up')
    expect(world.files()).toEqual(before)
    if (kept !== undefined) world.secrets.set(...kept)
    expect(await ask(vault, { op: 'unlock' })).toBe(null)
    expect(await ask(vault, get('a'))).toBe('=one')
  })
})

describe('an older state', () => {
  it('of the whole file is told as one, and the newest opens', async () => {
    using world = desk()
    const vault = await ready(world)
    await ask(vault, put('a', 'old'))
    await ask(vault, { op: 'lock' })
    copyFileSync(file(world), join(world.directory, 'copy'))
    await ask(vault, { op: 'unlock' })
    await ask(vault, put('a', 'new'))
    await ask(vault, { op: 'lock' })
    const newest = readFileSync(file(world))
    copyFileSync(join(world.directory, 'copy'), file(world))
    expect(await ask(vault, { op: 'unlock' })).toBe('rollback')
    writeFileSync(file(world), newest)
    expect(await ask(vault, { op: 'unlock' })).toBe(null)
    expect(await ask(vault, get('a'))).toBe('=new')
  })
  it('that was never anchored does not come back in place of another of the same age', async () => {
    using world = desk()
    const vault = await ready(world)
    await ask(vault, put('a', 'old'))
    // Committed, and the process dies before it is anchored.
    await ask(vault, { op: 'lock' })
    const old = readFileSync(file(world))
    await ask(vault, { op: 'unlock' })
    world.crashAt(1)
    await ask(vault, put('a', 'fork'))
    world.die()
    const fork = readFileSync(file(world))
    expect(fork.equals(old)).toBe(false)
    writeFileSync(file(world), old)
    const next = world.start()
    await ask(next, { op: 'unlock' })
    await ask(next, put('a', 'new'))
    await ask(next, { op: 'lock' })
    writeFileSync(file(world), fork)
    expect(await ask(next, { op: 'unlock' })).toBe('rollback')
  })
})

describe('raw keys', () => {
  it.each([0, 1, 15, 31])('with a zero byte at %i open what they made, and nothing shorter does', async (at) => {
    using world = desk()
    const vault = world.start()
    const key = Buffer.alloc(32, 7)
    key[at] = 0
    expect(await ask(vault, { op: 'setUp', key })).toBe(null)
    await ask(vault, put('a', 'one'))
    await ask(vault, { op: 'lock' })
    const other = Buffer.from(key)
    other[31] = (other[31] ?? 0) ^ 0x10
    expect(await ask(vault, { op: 'unlock', key: other })).toBe('wrong-key')
    expect(await ask(vault, { op: 'unlock', key })).toBe(null)
    expect(await ask(vault, get('a'))).toBe('=one')
  })
  it('of the engine are bytes with their length, whichever of them are zero', async () => {
    const { sqlcipher } = await import('./sqlcipher.ts')
    using world = desk()
    const path = join(world.directory, 'raw.db')
    const key = Buffer.alloc(32)
    writeFileSync(path, '')
    {
      using made = sqlcipher.create(path, key, 'sqlcipher-4')
      made.run('CREATE TABLE t (x INTEGER)')
    }
    key[31] = 1
    expect(() => sqlcipher.open(path, key, 'sqlcipher-4')).toThrow('no page opens')
    key[31] = 0
    sqlcipher.open(path, key, 'sqlcipher-4')[Symbol.dispose]()
  })
})
