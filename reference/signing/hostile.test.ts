import { hash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../failure.ts'
import { type MemoryWorld, memoryWorld } from '../memory-world.ts'
import { damaged, damages } from '../sample-damage.ts'
import { type OfflineSigner, offlineSigner } from './offline-signer.ts'
import { receiver } from './receiver.ts'
import type { Algorithm } from './transaction.ts'

const signer = 'example.org/bank'
const payment = (id: string) => ({ id, fields: { amount: '10', to: 'b' } })
const open = ({ ports }: MemoryWorld, algorithm: Algorithm = 'ed25519'): OfflineSigner =>
  offlineSigner({
    signer,
    ports,
    algorithm,
    log: { append: async () => 0, entries: async () => [] },
    authenticate: async () => {},
  })
/** What a call gives, or the code of its refusal; anything else that is thrown fails the test. */
async function told<T>(world: MemoryWorld, call: Promise<T>): Promise<T | string> {
  const [given] =
    (await world.run([
      call.catch((error: unknown) => {
        if (error instanceof Refusal) return error.failure.code as string
        throw error
      }),
    ])) ?? []
  if (given === undefined) throw new Error('it crashed')
  return given
}

/** What a machine holds: its files, and its keyring. */
interface Held {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly secrets: ReadonlyMap<string, Uint8Array>
}
const heldBy = (world: MemoryWorld): Held => ({
  files: new Map([...world.files].filter(([name]) => name !== 'lock').map(([name, { bytes }]) => [name, bytes])),
  secrets: new Map(world.secrets),
})
function holding({ files, secrets }: Held): MemoryWorld {
  const world = memoryWorld()
  for (const [name, bytes] of files) world.files.set(name, { bytes, synced: bytes })
  for (const [name, bytes] of secrets) world.secrets.set(name, bytes)
  return world
}
async function signed(algorithm: Algorithm): Promise<Held> {
  const world = memoryWorld()
  await told(world, open(world, algorithm).sign(payment('a')))
  await told(world, open(world).sign(payment('b')))
  return heldBy(world)
}
/** Whether an item says something else of the state. The private half is looked at where it is used, in a test of its own. */
function saysElse(item: Uint8Array, than: Uint8Array): boolean {
  const said = (hex: Uint8Array) => {
    try {
      const text = Buffer.from(Buffer.from(hex).toString('latin1'), 'hex').toString()
      return JSON.stringify({ ...JSON.parse(text), secret: null })
    } catch {
      return null
    }
  }
  return said(item) !== said(than)
}
const [item, state] = [`${signer}\0signing`, (held: Held) => [...held.files.keys()][0] ?? '']

const codes = new Set(['corrupt', 'rollback', 'key-invalidated'])
const calls: readonly ((of: OfflineSigner) => Promise<unknown>)[] = [
  (of) => of.queued(),
  (of) => of.sync(async () => 'accepted'),
  (of) => of.keys(),
  (of) => of.rotate(),
  (of) => of.invalidate(),
]

describe.each(['ed25519', 'ecdsa-p256-sha256'] as const)(
  'whatever became of what a signer with %s keeps',
  (algorithm) => {
    it.each(['its file', 'its item in the keyring'] as const)(
      '%s: a call is refused with a code, and nothing changes',
      async (what) => {
        const right = await signed(algorithm)
        const bytes =
          (what === 'its file' ? right.files.get(state(right)) : right.secrets.get(item)) ?? new Uint8Array(0)
        await fc.assert(
          fc.asyncProperty(damages, fc.constantFrom(...calls), async (changes, call) => {
            const other = damaged(bytes, changes)
            fc.pre(what === 'its file' ? !other.equals(bytes) : saysElse(other, bytes))
            const before =
              what === 'its file'
                ? { ...right, files: new Map(right.files).set(state(right), other) }
                : { ...right, secrets: new Map(right.secrets).set(item, other) }
            const world = holding(before)
            expect(codes).toContain(await told(world, call(open(world))))
            expect(heldBy(world)).toEqual(before)
          }),
          { seed: 6, numRuns: 400 },
        )
      },
    )
    it('another signer’s state or key is told, and nothing changes', async () => {
      const [right, foreign] = [await signed(algorithm), await signed(algorithm)]
      const theirs = foreign.files.get(state(foreign)) ?? new Uint8Array(0)
      for (const before of [
        { ...right, files: new Map([[state(right), theirs]]) },
        { ...right, secrets: foreign.secrets },
      ]) {
        const world = holding(before)
        for (const call of [...calls, (of: OfflineSigner) => of.sign(payment('c'))])
          expect(await told(world, call(open(world)))).toBe('corrupt')
        expect(heldBy(world)).toEqual(before)
      }
    })
    it('a private half that is not the one of the key, or is none, signs nothing', async () => {
      const [right, foreign] = [await signed(algorithm), await signed(algorithm)]
      const anchorOf = ({ secrets }: Held) =>
        JSON.parse(Buffer.from(Buffer.from(secrets.get(item) ?? []).toString(), 'hex').toString()) as { secret: string }
      const theirs = anchorOf(foreign).secret
      for (const secret of [theirs, theirs.slice(8), '', 'AAAA', '*', Buffer.alloc(90_000, 48).toString('base64')]) {
        const forged = Buffer.from(Buffer.from(JSON.stringify({ ...anchorOf(right), secret })).toString('hex'))
        const before = { ...right, secrets: new Map([[item, forged]]) }
        const world = holding(before)
        expect(await told(world, open(world).sign(payment('c')))).toBe('corrupt')
        expect(heldBy(world)).toEqual(before)
      }
    })
    it('a state that is none, though the keyring says that it is the one', async () => {
      for (const text of ['', '{', 'null', '[]', '{"format":2}', '{"format":1,"keys":[],"queue":[],"used":[]}']) {
        const anchor = { format: 1, generation: 7, state: hash('sha256', text), secret: null }
        const before: Held = {
          files: new Map([['signing-7', new Uint8Array(Buffer.from(text))]]),
          secrets: new Map([[item, new Uint8Array(Buffer.from(Buffer.from(JSON.stringify(anchor)).toString('hex')))]]),
        }
        const world = holding(before)
        for (const call of calls) expect(await told(world, call(open(world))), text).toBe('corrupt')
        expect(heldBy(world)).toEqual(before)
      }
    })
  },
)

it('a signed transaction that was cut, swapped, doubled or changed is rejected, and counts for none', async () => {
  const world = memoryWorld()
  const text = String(await told(world, open(world).sign(payment('a'))))
  const keys = await told(world, open(world).keys())
  if (typeof keys === 'string') throw new Error(keys)
  const seen = new Set<string>()
  const bank = receiver(signer, keys, { add: async (id) => !seen.has(id) && seen.add(id) !== undefined })
  await fc.assert(
    fc.asyncProperty(damages, async (changes) => {
      const other = damaged(Buffer.from(text), changes).toString()
      fc.pre(other !== text)
      const code = await bank.accept(other).then(
        () => null,
        (error: unknown) => (error instanceof Refusal ? error.failure.code : error),
      )
      expect(code).toBe('rejected')
      expect(await told(world, open(world).verify(other))).toBe('rejected')
    }),
    { seed: 4, numRuns: 400 },
  )
  expect(seen.size).toBe(0)
  expect((await bank.accept(text)).id).toBe('a')
})
