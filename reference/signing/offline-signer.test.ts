// Longer than 300 lines: all that one signer does, cut short at every effect, on one machine that the tests share.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { auditLog } from '../audit/audit-log.ts'
import { Refusal } from '../failure.ts'
import { type MemoryWorld, memoryWorld } from '../memory-world.ts'
import { type OfflineSigner, offlineSigner } from './offline-signer.ts'
import { partOfFolder } from './part-of-folder.ts'
import { receiver } from './receiver.ts'
import type { Algorithm, Transaction } from './transaction.ts'

const signer = 'example.org/bank'
const payment = (id: string, amount = '10'): Transaction => ({ id, fields: { amount, to: 'b' } })

/** A signer with its log, on one machine. */
function machine(algorithm: Algorithm = 'ed25519') {
  const own = memoryWorld()
  const asked: string[] = []
  const logPorts = () => ({ ...own.ports, files: partOfFolder(own.ports.files, 'log.') })
  const log = () => auditLog({ origin: 'example.org/audit', ports: logPorts() })
  const open = (): OfflineSigner =>
    offlineSigner({
      signer,
      ports: own.ports,
      algorithm,
      log: log(),
      authenticate: async ({ id }) => void asked.push(id),
    })
  const logged = async () => (await one(own, log().entries())).map(({ event }) => event.subject)
  return { own, open, logged, asked }
}
async function one<T>(world: MemoryWorld, call: Promise<T>): Promise<T> {
  const done = await world.run([call])
  const [given] = done ?? []
  if (done === null) throw new Error('it crashed')
  return given as T
}
const told = (error: unknown) => {
  if (error instanceof Refusal) return error.failure.code
  throw error
}

describe.each(['ed25519', 'ecdsa-p256-sha256'] as const)('a signer with %s', (algorithm) => {
  it('signs each transaction once, tells the log once, and asks the person each time', async () => {
    const { own, open, logged, asked } = machine(algorithm)
    const vault = open()
    const signed = await one(own, vault.sign(payment('t1')))
    expect(JSON.parse(signed)).toMatchObject({ signer, algorithm, transaction: payment('t1') })
    expect(await one(own, vault.verify(signed))).toBeUndefined()
    expect(await one(own, vault.sign(payment('t1')).catch(told))).toBe('replayed')
    expect(await one(own, vault.sign(payment('t1', '11')).catch(told))).toBe('replayed')
    await one(own, open().sign(payment('t2')))
    expect(await one(own, open().sign(payment('t2')).catch(told))).toBe('replayed')
    expect(await logged()).toEqual(['t1', 't2'])
    expect(asked).toEqual(['t1', 't2'])
  })
  it('keeps its queue over a restart, sends it in order, and sends nothing twice', async () => {
    const { own, open } = machine(algorithm)
    for (const id of ['a', 'b', 'c']) await one(own, open().sign(payment(id)))
    own.restart()
    const seen = new Set<string>()
    const bank = receiver(signer, await one(own, open().keys()), {
      add: async (id) => !seen.has(id) && seen.add(id) !== undefined,
    })
    const queued = await one(own, open().queued())
    const sent: string[] = []
    const send = async (signed: string) => {
      sent.push((await bank.accept(signed)).id)
      return 'accepted' as const
    }
    expect(await one(own, open().sync(send))).toBe(3)
    expect(sent).toEqual(['a', 'b', 'c'])
    expect(await one(own, open().sync(send))).toBe(0)
    for (const signed of queued) expect(await bank.accept(signed).catch(told)).toBe('replayed')
    expect(await one(own, open().sign(payment('a')).catch(told))).toBe('replayed')
  })
  it('keeps old signatures verifiable over rotation and invalidation', async () => {
    const { own, open } = machine(algorithm)
    const old = await one(own, open().sign(payment('old')))
    const key = await one(own, open().rotate())
    const recent = await one(own, open().sign(payment('new')))
    expect(JSON.parse(recent).key).toBe(key.id)
    expect(JSON.parse(old).key).not.toBe(key.id)
    await one(own, open().invalidate())
    expect(await one(own, open().sign(payment('later')).catch(told))).toBe('key-invalidated')
    for (const signed of [old, recent]) await one(own, open().verify(signed))
    expect((await one(own, open().keys())).map(({ state }) => state)).toEqual(['rotated', 'invalidated'])
    await one(own, open().rotate())
    await one(own, open().verify(await one(own, open().sign(payment('later')))))
    await one(own, open().verify(old))
  })
  it('begins with its first key wherever it is cut short', async () => {
    for (let effect = 0; ; effect++) {
      const { own, open } = machine(algorithm)
      own.crashAt(effect)
      const done = await own.run([open().sign(payment('t'))])
      own.cutPower('all')
      const keys = await one(own, open().keys())
      expect(keys).toMatchObject([{ algorithm, state: 'current' }])
      const again = await one(own, open().sign(payment('t')).catch(told))
      if (done === null) continue
      expect(again).toBe('replayed')
      break
    }
  })
  it('signs once, and tells the log once, wherever it is cut short', async () => {
    for (let effect = 0; ; effect++) {
      const { own, open, logged } = machine(algorithm)
      await one(own, open().sign(payment('first')))
      own.crashAt(effect)
      const done = await own.run([open().sign(payment('t'))])
      own.cutPower('all')
      const again = await one(own, open().sign(payment('t')).catch(told))
      const queued = (await one(own, open().queued())).map((text) => JSON.parse(text).transaction.id)
      expect(queued).toEqual(['first', 't'])
      expect(await logged()).toEqual(['first', 't'])
      if (done !== null) {
        expect(again).toBe('replayed')
        break
      }
    }
  })
})

it('refuses other contents under an id that was begun and cut short, and says that it is not done', async () => {
  for (let effect = 0; ; effect++) {
    const { own, open } = machine()
    await one(own, open().sign(payment('first')))
    own.crashAt(effect)
    const done = await own.run([open().sign(payment('t'))])
    own.cutPower('all')
    const other = await one(own, open().sign(payment('t', '11')).catch(told))
    if (done !== null) {
      expect(other).toBe('replayed')
      break
    }
    if (other !== 'rejected') continue
    expect(await one(own, open().queued())).toHaveLength(1)
    expect(JSON.parse(await one(own, open().sign(payment('t')))).transaction).toEqual(payment('t'))
  }
})

it('sends again what was sent when it was cut short: the receiver says so, and it is done', async () => {
  const { own, open } = machine()
  await one(own, open().sign(payment('a')))
  const seen = new Set<string>()
  const send = async (signed: string) => {
    const { id } = JSON.parse(signed).transaction
    const again = seen.has(id)
    seen.add(id)
    return again ? ('replayed' as const) : ('accepted' as const)
  }
  for (let effect = 0; ; effect++) {
    own.crashAt(effect)
    const done = await own.run([open().sync(send)])
    own.restart()
    if (done !== null) break
  }
  expect(await one(own, open().queued())).toEqual([])
  expect([...seen]).toEqual(['a'])
})

it('does not sign what the person refused, and neither logs nor queues it', async () => {
  const { own, logged, open } = machine()
  await one(own, open().sign(payment('a')))
  const refusing = offlineSigner({
    signer,
    ports: own.ports,
    log: { append: async () => 0, entries: async () => [] },
    authenticate: async () => {
      throw new Refusal('user-cancelled')
    },
  })
  expect(await one(own, refusing.sign(payment('b')).catch(told))).toBe('user-cancelled')
  expect(await one(own, open().queued())).toHaveLength(1)
  expect(await logged()).toEqual(['a'])
  expect(JSON.parse(await one(own, open().sign(payment('b')))).transaction.id).toBe('b')
})

it('leaves neither its key nor what was paid in files or the log', async () => {
  const { own, open, logged } = machine()
  await one(own, open().sign({ id: 'a', fields: { note: 'very private' } }))
  await one(
    own,
    open().sync(async () => 'accepted'),
  )
  const stored = Buffer.from(own.secrets.get(`${signer}\0signing`) ?? []).toString()
  const { secret } = JSON.parse(Buffer.from(stored, 'hex').toString()) as { readonly secret: string }
  const outside = Buffer.concat([...own.files.values()].map((file) => file.bytes))
  for (const form of [Buffer.from(secret), Buffer.from(secret, 'base64'), Buffer.from('very private')])
    expect(outside.includes(form)).toBe(false)
  expect(JSON.stringify(await logged())).not.toContain('private')
})

it('a first key that was damaged is told, and not made anew', async () => {
  const { own, open } = machine()
  await one(own, open().keys())
  const kept = Buffer.from(JSON.stringify({ format: 1, generation: 0, state: '', secret: 'AAAA' })).toString('hex')
  own.secrets.set(`${signer}\0signing`, Buffer.from(kept))
  expect(await one(own, open().sign(payment('a')).catch(told))).toBe('corrupt')
  expect(own.files.size).toBe(0)
})

it('in the approved profile signs with P-256 alone, and reads no other key', async () => {
  const { own, open } = machine()
  const signer_ = (algorithm?: Algorithm) =>
    offlineSigner({
      signer,
      ports: own.ports,
      approved: true,
      ...(algorithm === undefined ? {} : { algorithm }),
      log: { append: async () => 0, entries: async () => [] },
      authenticate: async () => {},
    })
  expect(() => signer_('ed25519')).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ code: 'unsupported' }) }),
  )
  await one(own, open().keys())
  const files = [...own.files.keys()]
  for (const call of [
    () => signer_().keys(),
    () => signer_().sign(payment('a')),
    () => signer_().rotate(),
    () => signer_().sync(async () => 'accepted'),
  ])
    expect(
      await one(
        own,
        call().then(() => null, told),
      ),
    ).toBe('wrong-format')
  expect([...own.files.keys()]).toEqual(files)
  const fresh = machine('ecdsa-p256-sha256')
  expect(await one(fresh.own, fresh.open().keys())).toMatchObject([{ algorithm: 'ecdsa-p256-sha256' }])
})

describe('hostile', () => {
  it('transactions are refused, and nothing changes', async () => {
    const { own, open, logged } = machine()
    await one(own, open().keys())
    const before = [...own.files.keys()]
    const given: readonly unknown[] = [
      null,
      [],
      {},
      { id: '', fields: {} },
      { id: '../x', fields: {} },
      { id: 'a', fields: { a: 1 } },
      { id: 'a', fields: { a: 'x'.repeat(2_000) } },
      { id: 'a', fields: Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`f${at}`, 'x'.repeat(100)])) },
      { id: 'a', fields: {}, more: 1 },
      { id: 'a', fields: JSON.parse('{"__proto__":"x"}') },
      { id: 'a', fields: { a: '\ud83d' } },
    ]
    for (const one of given) {
      const code = await open()
        .sign(one as Transaction)
        .catch(told)
      expect(['invalid-argument', 'too-large', 'bad-encoding']).toContain(code)
    }
    expect([...own.files.keys()]).toEqual(before)
    expect(await logged()).toEqual([])
    expect(JSON.parse(await one(own, open().sign(payment('constructor')))).transaction.id).toBe('constructor')
  })
  it('signed transactions are rejected, whatever was done to them', async () => {
    const { own, open } = machine()
    const signed = await one(own, open().sign(payment('a')))
    const foreign = await (async () => {
      const other = machine()
      return one(other.own, other.open().sign(payment('a')))
    })()
    const bank = receiver(signer, await one(own, open().keys()), { add: async () => true })
    expect(await bank.accept(foreign).catch(told)).toBe('rejected')
    expect((await bank.accept(signed)).id).toBe('a')
    const elsewhere = receiver('example.org/other', await one(own, open().keys()), { add: async () => true })
    expect(await elsewhere.accept(signed).catch(told)).toBe('rejected')
    await fc.assert(
      fc.asyncProperty(fc.nat(signed.length), fc.string({ maxLength: 5 }), fc.nat(20), async (at, put, cut) => {
        const text = signed.slice(0, at) + put + signed.slice(at + cut)
        if (text !== signed) expect(await bank.accept(text).catch(told)).toBe('rejected')
      }),
      { seed: 3, numRuns: 300 },
    )
    for (const text of ['', 'null', '[]', '{', 'x'.repeat(50_000), `${signed} `, '['.repeat(20_000)])
      expect(await bank.accept(text).catch(told)).toBe('rejected')
  })
  it('a state that was changed, cut, or put back is told', async () => {
    const { own, open } = machine()
    await one(own, open().sign(payment('a')))
    const older = new Map(own.files)
    await one(own, open().sign(payment('b')))
    const [name = ''] = [...own.files.keys()].filter((file) => file.startsWith('signing-'))
    const right = own.files.get(name)
    const wrong = Buffer.from(right?.bytes ?? []).subarray(1)
    own.files.set(name, { bytes: wrong, synced: wrong })
    expect(await one(own, open().sign(payment('c')).catch(told))).toBe('corrupt')
    own.files.clear()
    for (const [file, kept] of older) own.files.set(file, kept)
    expect(await one(own, open().sign(payment('b')).catch(told))).toBe('rollback')
    own.secrets.clear()
    expect(await one(own, open().queued().catch(told))).toBe('key-invalidated')
  })
})
