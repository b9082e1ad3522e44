import { generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '../failure.ts'
import { encodeNotice, type Notice, signedBytes } from '../formats/notice.ts'
import { damaged, damages } from '../sample-damage.ts'
import { ask, type Desk, desk, get, put } from './sample-desk.ts'

const pair = generateKeyPairSync('ed25519')
const build = { build: 11, publisher: pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32) }
const noticeOf = (serial: number) => {
  const notice: Notice = { app: 'desk', serial, minimum: 1, message: 'All builds may open it.' }
  return encodeNotice(notice, sign(null, signedBytes(notice), pair.privateKey))
}
const [anchor, notice] = ['desk/vault\0vault-key', 'desk/vault\0notice']

let world: Desk
let foreign: Desk
let secrets: ReadonlyMap<string, Uint8Array>
beforeAll(async () => {
  world = desk()
  foreign = desk()
  for (const of of [world, foreign]) {
    const vault = of.start(build)
    await ask(vault, { op: 'setUp' })
    await ask(vault, put('a', 'one'))
    await vault.accept(noticeOf(2))
    await ask(vault, { op: 'lock' })
  }
  secrets = new Map(world.secrets)
})
afterAll(() => {
  world[Symbol.dispose]()
  foreign[Symbol.dispose]()
})

/** What an opening says while the keyring holds this, and that neither files nor keyring were changed where it was refused. */
async function opens(held: ReadonlyMap<string, Uint8Array>): Promise<unknown> {
  world.secrets.clear()
  for (const [item, bytes] of held) world.secrets.set(item, bytes)
  const before = world.files()
  const vault = world.start(build)
  const told = await ask(vault, { op: 'unlock' })
  if (told === null) expect(await ask(vault, get('a'))).toBe('=one')
  else {
    expect(world.files()).toEqual(before)
    expect(new Map(world.secrets)).toEqual(held)
  }
  await ask(vault, { op: 'lock' })
  return told
}
const without = (item: string) => new Map([...secrets].filter(([other]) => other !== item))
const other = (item: string, bytes: Uint8Array) => new Map(secrets).set(item, bytes)
const bytesOf = (item: string) => secrets.get(item) ?? new Uint8Array(0)

describe('whatever the keyring holds', () => {
  it('as it was, it opens', async () => {
    expect(await opens(secrets)).toBe(null)
    expect(secrets.size).toBe(2)
  })
  it.each([
    ['the anchor', anchor, ['corrupt', 'wrong-format']],
    ['the notice', notice, ['corrupt']],
  ] as const)('%s, cut, swapped, doubled or changed: the right code, and nothing changed', async (_, item, codes) => {
    await fc.assert(
      fc.asyncProperty(damages, async (changes) => {
        const bytes = damaged(bytesOf(item), changes)
        // Hexadecimal may be in capitals.
        fc.pre(bytes.toString('latin1').toLowerCase() !== Buffer.from(bytesOf(item)).toString('latin1').toLowerCase())
        expect(codes).toContain(await opens(other(item, bytes)))
      }),
      { seed: 7, numRuns: 150 },
    )
  })
  it.each<readonly [what: string, held: () => ReadonlyMap<string, Uint8Array>, code: string | null]>([
    ['another vault’s anchor', () => other(anchor, foreign.secrets.get(anchor) ?? new Uint8Array(0)), 'wrong-key'],
    ['no anchor', () => without(anchor), 'key-invalidated'],
    ['no byte', () => other(anchor, new Uint8Array(0)), 'corrupt'],
    ['megabytes', () => other(anchor, new Uint8Array(Buffer.alloc(4_000_000, 'a'))), 'corrupt'],
    ['the notice as the anchor', () => other(anchor, bytesOf(notice)), 'corrupt'],
    ['the anchor as the notice', () => other(notice, bytesOf(anchor)), 'corrupt'],
    ['megabytes as the notice', () => other(notice, new Uint8Array(4_000_000)), 'corrupt'],
    ['no notice', () => without(notice), null],
  ])('%s', async (_, held, code) => {
    expect(await opens(held())).toBe(code)
  })
})

it('a notice that was cut, swapped, doubled or changed is rejected, and the one that is known stays', async () => {
  expect(await opens(secrets)).toBe(null)
  const vault = world.start(build)
  const newer = noticeOf(3)
  await fc.assert(
    fc.asyncProperty(damages, async (changes) => {
      const bytes = damaged(newer, changes)
      fc.pre(!bytes.equals(newer))
      const code = await vault.accept(bytes).then(
        () => null,
        (error: unknown) => (error instanceof Refusal ? error.failure.code : error),
      )
      expect(code).toBe('rejected')
    }),
    { seed: 7, numRuns: 150 },
  )
  expect(new Map(world.secrets)).toEqual(secrets)
})
