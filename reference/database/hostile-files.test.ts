import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { headPath } from './head.ts'
import { ask, type Desk, desk, get, put } from './sample-desk.ts'

const names = [headPath, 'vault-2.1.db'] as const
let world: Desk
let foreign: Desk
let whole: ReadonlyMap<string, Buffer>

beforeAll(async () => {
  world = desk()
  foreign = desk()
  for (const of of [world, foreign]) {
    const vault = of.start()
    await ask(vault, { op: 'setUp' })
    for (let n = 0; n < 6; n++) await ask(vault, put(`n${n}`, 'x'.repeat(2000)))
    await ask(vault, { op: 'lock' })
  }
  whole = world.files()
})
afterAll(() => {
  world[Symbol.dispose]()
  foreign[Symbol.dispose]()
})

const told: ReadonlySet<unknown> = new Set(['corrupt', 'wrong-format', 'wrong-key', 'rollback', 'missing'])
/** What the vault says of this in place of a file, and whether it left all files as they were. */
async function answers(name: string, bytes: Uint8Array) {
  writeFileSync(join(world.directory, name), bytes)
  const before = world.files()
  const vault = world.start()
  const opened = await ask(vault, { op: 'unlock' })
  const read: unknown[] = []
  if (opened === null) for (let n = 0; n < 6; n++) read.push(await ask(vault, get(`n${n}`)))
  await ask(vault, { op: 'lock' })
  const after = world.files()
  for (const [other, content] of whole) writeFileSync(join(world.directory, other), content)
  return { opened, read, changed: opened !== null && !same(before, after) }
}
const same = (a: ReadonlyMap<string, Buffer>, b: ReadonlyMap<string, Buffer>) =>
  a.size === b.size && [...a].every(([name, bytes]) => b.get(name)?.equals(bytes) === true)
const good = `=${'x'.repeat(2000)}`

const change = fc.oneof(
  fc.record({ how: fc.constant('flip' as const), at: fc.nat(40_000), bits: fc.integer({ min: 1, max: 255 }) }),
  fc.record({ how: fc.constant('cut' as const), at: fc.nat(40_000), bits: fc.constant(0) }),
  fc.record({ how: fc.constant('grow' as const), at: fc.nat(9000), bits: fc.nat(255) }),
  fc.record({ how: fc.constant('swap-pages' as const), at: fc.nat(40_000), bits: fc.constant(0) }),
)
type Change = { readonly how: 'flip' | 'cut' | 'grow' | 'swap-pages'; readonly at: number; readonly bits: number }
function changed(bytes: Buffer, { how, at, bits }: Change): Buffer {
  const place = at % bytes.length
  if (how === 'cut') return bytes.subarray(0, place)
  if (how === 'grow') return Buffer.concat([bytes, Buffer.alloc(1 + at, bits)])
  const other = Buffer.from(bytes)
  if (how === 'flip') other[place] = (other[place] ?? 0) ^ bits
  else bytes.copy(other, 0, Math.floor(place / 4096) * 4096, Math.floor(place / 4096) * 4096 + 4096)
  return other
}

it('files that were flipped, cut, grown or mixed: the right code, the right values, and nothing changed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), change, async (name, how) => {
      const { opened, read, changed: wrote } = await answers(name, changed(whole.get(name) ?? Buffer.alloc(0), how))
      expect(wrote).toBe(false)
      if (opened !== null) expect(told).toContain(opened)
      for (const value of read) expect([good, 'corrupt']).toContain(value)
    }),
    { seed: 8, numRuns: 60 },
  )
}, 60_000)

it.each<readonly [what: string, name: string, bytes: () => Uint8Array, code: string]>([
  ['random bytes as a database', 'vault-2.1.db', () => randomBytes(16_384), 'corrupt'],
  ['no byte as a database', 'vault-2.1.db', () => new Uint8Array(0), 'corrupt'],
  ['another vault’s database', 'vault-2.1.db', () => readFileSync(join(foreign.directory, 'vault-2.1.db')), 'corrupt'],
  ['another vault’s head', headPath, () => readFileSync(join(foreign.directory, headPath)), 'wrong-key'],
  ['the head as a database', 'vault-2.1.db', () => whole.get(headPath) ?? new Uint8Array(0), 'corrupt'],
  ['a database as the head', headPath, () => whole.get('vault-2.1.db') ?? new Uint8Array(0), 'corrupt'],
  ['a head of many megabytes', headPath, () => Buffer.alloc(8_000_000, 91), 'corrupt'],
  ['a plain database', 'vault-2.1.db', () => Buffer.from('SQLite format 3\0'.padEnd(4096, '\0')), 'wrong-format'],
])('%s', async (_, name, bytes, code) => {
  expect(await answers(name, bytes())).toEqual({ opened: code, read: [], changed: false })
})
