import { describe, expect, it } from 'vitest'
import type { DesktopPorts } from '../../harness/contract/platforms/desktop.ts'
import { Refusal } from '../failure.ts'
import { type MemoryWorld, memoryWorld } from '../memory-world.ts'
import { auditLog } from './audit-log.ts'
import { canonicalJson } from './canonical-json.ts'
import { decodeAnchor, decodeExport, encodeAnchor, verifyExport } from './export.ts'
import { entriesPerFile, entriesPerVolume } from './log-files.ts'
import { leafHash } from './merkle-tree.ts'
import { isConsistent, isIncluded } from './proofs.ts'

const origin = 'example.org/audit'
const open = (ports: DesktopPorts) => auditLog({ origin, ports })
const event = (subject: string) => ({ action: 'put', subject })
const told = (error: unknown) => {
  if (error instanceof Refusal) return `${error.failure.code}: ${error.failure.reason}`
  throw error
}
/** What these calls give, one after another; a refusal in words. */
async function each(world: MemoryWorld, ...calls: readonly (() => Promise<unknown>)[]): Promise<readonly unknown[]> {
  const given: unknown[] = []
  for (const call of calls) given.push(...((await world.run([call().catch(told)])) ?? ['crashed']))
  return given
}
async function one<T>(world: MemoryWorld, call: Promise<T>): Promise<T> {
  const done = await world.run([call])
  const [given] = done ?? []
  if (given === undefined) throw new Error('it crashed')
  return given
}
const subjects = async (world: MemoryWorld) => {
  const [entries] = (await world.run([open(world.ports).entries()])) ?? []
  return entries?.map((entry) => entry.event.subject)
}
const verdict = async (world: MemoryWorld, witnessed?: string) =>
  (await each(world, () => open(world.ports).verify(witnessed)))[0]
const intact = expect.objectContaining({ is: 'intact' })

async function filled(...of: readonly string[]): Promise<MemoryWorld> {
  const world = memoryWorld()
  for (const subject of of) await each(world, () => open(world.ports).append([event(subject)]))
  return world
}
/** The log's first file. */
const firstFile = (world: MemoryWorld): string =>
  [...world.files.keys()].find((name) => name.startsWith('audit-')) ?? ''
const edit = (world: MemoryWorld, change: (lines: string[]) => readonly string[]) => {
  const name = firstFile(world)
  const lines = Buffer.from(world.files.get(name)?.bytes ?? [])
    .toString()
    .split('\n')
    .slice(0, -1)
  const bytes = Buffer.from(
    change(lines)
      .map((line) => `${line}\n`)
      .join(''),
  )
  world.files.set(name, { bytes, synced: bytes })
}

describe('a log', () => {
  it('keeps what was appended, in order, by one and by many', async () => {
    const world = memoryWorld()
    const log = open(world.ports)
    expect(
      await each(
        world,
        () => log.append([]),
        () => log.append([event('a')]),
      ),
    ).toEqual([0, 0])
    expect(
      await each(
        world,
        () => log.append([event('b'), event('c')]),
        () => log.append([event('d')]),
      ),
    ).toEqual([1, 3])
    expect(await subjects(world)).toEqual(['a', 'b', 'c', 'd'])
    expect(await verdict(world)).toEqual({ is: 'intact', size: 4 })
  })
  it('goes on over the end of a file, and after a restart', async () => {
    const world = memoryWorld()
    const many = (count: number, from = 0) => Array.from({ length: count }, (_, index) => event(`${from + index}`))
    await each(world, () => open(world.ports).append(many(entriesPerFile - 1)))
    await each(world, () => open(world.ports).append(many(3, entriesPerFile - 1)))
    await each(world, () => open(world.ports).append(many(2 * entriesPerFile, entriesPerFile + 2)))
    const all = await subjects(world)
    expect(all).toEqual(many(3 * entriesPerFile + 2).map(({ subject }) => subject))
    expect([...world.files.keys()].toSorted()).toEqual([
      'audit-0.256',
      'audit-256.512',
      'audit-512.768',
      'audit-768.770',
    ])
    expect(await verdict(world)).toEqual(intact)
  })
  it('joins full files, and what was done to such a one is told', async () => {
    const world = memoryWorld()
    const many = Array.from({ length: entriesPerVolume + 300 }, (_, index) => event(`${index}`))
    const log = open(world.ports)
    for (const [from, until] of [
      [0, entriesPerVolume - 1],
      [entriesPerVolume - 1, entriesPerVolume + 1],
      [entriesPerVolume + 1, many.length],
    ])
      await each(world, () => log.append(many.slice(from, until)))
    expect([...world.files.keys()].toSorted()).toEqual(['audit-0.4096', 'audit-4096.4352', 'audit-4352.4396'])
    expect(await subjects(world)).toEqual(many.map(({ subject }) => subject))
    expect(await verdict(world)).toEqual({ is: 'intact', size: many.length })
    edit(world, (lines) => lines.with(1000, (lines[1000] ?? '').replace('"1000"', '"1001"')))
    expect(await verdict(world)).toMatchObject({ is: 'broken', at: 1000 })
  })
  it('takes all or none of what is given at once', async () => {
    const world = await filled('a')
    const refused = await each(world, () => open(world.ports).append([event('b'), event('\ud83d')]))
    expect(refused).toEqual(['bad-encoding: a text with half a surrogate pair has no canonical JSON'])
    expect(await each(world, () => open(world.ports).append([event('x'.repeat(70_000))]))).toEqual([
      expect.stringContaining('too-large'),
    ])
    expect(await each(world, () => open(world.ports).append([JSON.parse('{"__proto__":"x"}')]))).toEqual([
      'bad-encoding: a field called __proto__',
    ])
    // Not by TypeScript's leave: what is no text would not be read again.
    for (const text of ['{"n":1}', '{"n":null}', '{"n":["x"]}'])
      expect(await each(world, () => open(world.ports).append([JSON.parse(text)]))).toEqual([
        expect.stringContaining('bad-encoding'),
      ])
    expect(await subjects(world)).toEqual(['a'])
  })
  it('proves that entries are in it and that it went on', async () => {
    const world = await filled('a', 'b', 'c')
    const log = open(world.ports)
    const entries = await one(world, log.entries())
    const older = await one(world, log.checkpoint())
    await each(world, () => log.append([event('d'), event('e')]))
    const inclusion = await one(world, log.proveInclusion(1))
    const consistency = await one(world, log.proveConsistency(3))
    const text = await one(world, log.export())
    const exported = decodeExport(Buffer.from(text))
    const { verdict, checkpoint } = verifyExport(exported, { ...exported, checkpoint: older })
    expect(verdict.is).toBe('intact')
    expect(isIncluded(leafHash(Buffer.from(canonicalJson(entries[1]))), 1, 5, checkpoint.root, inclusion)).toBe(true)
    const before = verifyExport({ ...exported, checkpoint: older, lines: exported.lines.subarray(0, 0) }, null)
    expect(isConsistent(before.checkpoint, checkpoint, consistency)).toBe(true)
  })
})

describe('what was done to it is told', () => {
  it.each([
    [
      'an edit',
      (lines: string[]) => lines.with(1, (lines[1] ?? '').replace('"b"', '"x"')),
      'entry 1: the entry was changed',
      'corrupt',
    ],
    ['a deletion', (lines: string[]) => lines.toSpliced(1, 1), 'entry 1: the entry has another number', 'corrupt'],
    ['a cut at the end', (lines: string[]) => lines.slice(0, 2), 'entry 2: the newest entries are missing', 'rollback'],
    ['a cut at the beginning', (lines: string[]) => lines.slice(1), 'entry 0: the entry has another number', 'corrupt'],
    ['a deletion of all', () => [], 'entry 0: the newest entries are missing', 'rollback'],
  ])('%s, by every call but an export', async (_, change, words, code) => {
    const world = await filled('a', 'b', 'c')
    edit(world, change)
    const { ports } = world
    const say = expect.stringContaining(`${code}: ${words}`)
    const calls = [
      () => open(ports).append([event('d')]),
      () => open(ports).entries(),
      () => open(ports).proveInclusion(0),
    ]
    expect(await each(world, ...calls)).toEqual([say, say, say])
    expect(await verdict(world)).toMatchObject({ is: 'broken', why: expect.stringContaining(words.slice(9)) })
    // Nothing of the evidence was touched.
    expect([...world.files.keys()].filter((name) => name.startsWith('audit-'))).toHaveLength(1)
  })
  it('also where the files are gone, or older ones put back', async () => {
    const world = await filled('a', 'b')
    const older = new Map(world.files)
    await each(world, () => open(world.ports).append([event('c')]))
    for (const back of [new Map(), older]) {
      for (const name of [...world.files.keys()]) if (name.startsWith('audit-')) world.files.delete(name)
      for (const [name, file] of back) world.files.set(name, file)
      expect(await verdict(world)).toMatchObject({ is: 'broken', at: 0, missing: true })
    }
  })
  it('and where the keyring has lost its anchor', async () => {
    const world = await filled('a')
    world.secrets.clear()
    expect(await each(world, () => open(world.ports).append([event('b')]))).toEqual([
      'key-invalidated: there is a log, and the keyring has nothing of it',
    ])
    world.secrets.set(`${origin}\0audit`, Buffer.from('00'))
    expect(await verdict(world)).toBe('corrupt: what the keyring holds of the log is damaged')
  })
  it('a whole machine that is put back, by who has kept a checkpoint', async () => {
    const world = await filled('a')
    const [files, secrets] = [new Map(world.files), new Map(world.secrets)]
    await each(world, () => open(world.ports).append([event('b')]))
    const [witnessed] = (await world.run([open(world.ports).checkpoint()])) ?? []
    world.files.clear()
    for (const [name, file] of files) world.files.set(name, file)
    for (const [name, secret] of secrets) world.secrets.set(name, secret)
    expect(await verdict(world)).toEqual(intact)
    expect(await verdict(world, witnessed)).toMatchObject({ is: 'broken', at: 1, missing: true })
    await each(world, () => open(world.ports).append([event('x'), event('y')]))
    expect(await verdict(world, witnessed)).toMatchObject({ is: 'broken', missing: false })
    expect(await verdict(world)).toEqual(intact)
  })
})

describe('an append that is cut short at any effect', () => {
  it.each(['kill', 'all', 'contents'] as const)('leaves all or none of it, by %s', async (how) => {
    const ends = new Set<string>()
    for (let effect = 0; ; effect++) {
      const world = await filled('a')
      const log = open(world.ports)
      world.crashAt(effect)
      const done = await world.run([log.append([event('b'), event('c')])])
      if (how === 'kill') world.restart()
      else world.cutPower(how)
      const all = await subjects(world)
      ends.add(String(all))
      expect(['a', 'a,b,c']).toContain(String(all))
      if (done !== null) expect(all).toEqual(['a', 'b', 'c'])
      await each(world, () => open(world.ports).append([event('d')]))
      expect(await subjects(world)).toEqual([...(all ?? []), 'd'])
      expect(await verdict(world)).toEqual(intact)
      expect([...world.files.keys()].filter((name) => name.startsWith('audit-'))).toHaveLength(1)
      if (done !== null) break
    }
    expect(ends).toEqual(new Set(['a', 'a,b,c']))
  })
})

it('makes one chain of the appends of several processes, in any order of effects', async () => {
  for (let seed = 1; seed <= 40; seed++) {
    const world = memoryWorld()
    let state = seed
    const choose = (pending: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return (state >>> 16) % pending
    }
    const logs = [open(world.ports), open(world.process().ports), open(world.process().ports)]
    const calls = logs.flatMap((log, index) => [log.append([event(`${index}a`)]), log.append([event(`${index}b`)])])
    const places = await world.run(calls, choose)
    expect(places?.toSorted()).toEqual([0, 1, 2, 3, 4, 5])
    const all = (await subjects(world)) ?? []
    expect(places?.map((place) => all[place])).toEqual(['0a', '0b', '1a', '1b', '2a', '2b'])
    expect(await verdict(world)).toEqual(intact)
  }
})

it('keeps its key in the keyring alone', async () => {
  const world = await filled('a')
  const [text] = (await world.run([open(world.ports).export()])) ?? []
  const stored = Buffer.from(world.secrets.get(`${origin}\0audit`) ?? []).toString()
  const { seed } = JSON.parse(Buffer.from(stored, 'hex').toString()) as { readonly seed: string }
  const bytes = Buffer.from(seed, 'base64')
  const outside = Buffer.concat([
    ...[...world.files.values()].map((file) => file.bytes),
    Buffer.from(`${text}${world.log.join('\n')}`),
  ])
  for (const form of [bytes, Buffer.from(seed), Buffer.from(bytes.toString('hex'))])
    expect(outside.includes(form)).toBe(false)
})

it('gives an anchor that reads back', async () => {
  const world = await filled('a')
  const [text = ''] = (await world.run([open(world.ports).export()])) ?? []
  const { verifier, checkpoint } = decodeExport(Buffer.from(text))
  expect(decodeAnchor(encodeAnchor({ verifier, checkpoint }))).toEqual({ verifier, checkpoint })
  expect(decodeAnchor(text)).toEqual({ verifier, checkpoint })
})
