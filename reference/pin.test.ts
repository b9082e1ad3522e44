// Longer than 300 lines: stories of one vault with a PIN, which share its rig.
import { describe, expect, it } from 'vitest'
import type { VaultCall } from '../harness/contract/operations.ts'
import { anchorItem, fetchAnchor, keepAnchor } from './anchor.ts'
import { pinDescription } from './description.ts'
import { decodeHeader, digestOf, encodeHeader } from './header.ts'
import { crashedAtEveryEffect, type MemoryApp, memoryApp } from './memory-app.ts'
import { type KdfCost, kdfDefault, kdfFloor } from './pin/kdf.ts'
import { attempts, waitAfter } from './pin/lockout.ts'
import reference from './pin-module.ts'
import { openVault } from './vault.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const right = '246810'
const setUp: VaultCall = { op: 'setUp', pin: bytes(right) }
const unlock = (pin: string): VaultCall => ({ op: 'unlock', pin: bytes(pin) })
const put = (name: string, text: string): VaultCall => ({ op: 'put', name, value: bytes(text) })
const get = (name: string): VaultCall => ({ op: 'get', name })
const changePin = (pin: string, next: string): VaultCall => ({ op: 'changePin', pin: bytes(pin), next: bytes(next) })

/** Set up, with an entry, and locked again in a new process. */
async function ready(): Promise<MemoryApp> {
  const app = memoryApp(reference)
  for (const call of [setUp, put('a', '1')]) expect(await app.ask(call)).toBe(null)
  app.restart()
  return app
}
const failure = async (app: MemoryApp, call: VaultCall) => {
  const answer = await app.answer(call)
  return answer?.is === 'fail' ? answer.failure : null
}
const wrong = (n: number) => String(500_000 + n)
async function guessWrongly(app: MemoryApp, times: number) {
  for (let n = 0; n < times; n++) expect(await app.ask(unlock(wrong(n)))).toBe('wrong-pin')
}

describe('a vault with a PIN', () => {
  it('opens with the right PIN alone', async () => {
    const app = await ready()
    expect(await app.ask({ op: 'unlock' })).toBe('invalid-argument')
    expect(await app.ask(unlock('135790'))).toBe('wrong-pin')
    expect(await app.ask({ op: 'state' })).toBe('locked')
    expect(await app.ask(get('a'))).toBe('vault-locked')
    expect(await app.ask(unlock(right))).toBe(null)
    expect(await app.ask(get('a'))).toBe('=1')
    // Checked though the vault is open; which it stays.
    expect(await app.ask(unlock('135790'))).toBe('wrong-pin')
    expect(await app.ask(get('a'))).toBe('=1')
  })
  it('takes four to sixty-four digits, as bytes', async () => {
    for (const pin of ['', '123', '12345a', '1'.repeat(65), '１２３４']) {
      const app = memoryApp(reference)
      expect(await app.ask({ op: 'setUp', pin: bytes(pin) })).toBe('invalid-argument')
      expect([app.world.files.size, app.world.secrets.size]).toEqual([0, 0])
    }
    expect(await memoryApp(reference).ask({ op: 'setUp', pin: right })).toBe('invalid-argument')
    expect(await memoryApp(reference).ask({ op: 'setUp' })).toBe('invalid-argument')
    for (const pin of ['1234', '1'.repeat(64)])
      expect(await memoryApp(reference).ask({ op: 'setUp', pin: bytes(pin) })).toBe(null)
  })
  it('needs both factors', async () => {
    const app = await ready()
    const kept = new Map(app.world.secrets)
    app.world.secrets.clear()
    expect(await app.ask(unlock(right))).toBe('key-invalidated')
    const other = memoryApp(reference)
    other.world.ports.random.bytes(5)
    await other.ask(setUp)
    // Another vault's keyring secret with the right PIN.
    for (const [item, secret] of other.world.secrets) app.world.secrets.set(item, secret)
    expect(await app.ask(unlock(right))).toBe('wrong-key')
    for (const [item, secret] of kept) app.world.secrets.set(item, secret)
    expect(await app.ask(unlock(right))).toBe(null)
  })
  it('never calls damage a wrong PIN, and opens again when it is mended', async () => {
    const app = await ready()
    const whole = app.world.files.get('header')?.bytes ?? new Uint8Array()
    for (let at = 0; at < whole.length; at++) {
      const changed = Uint8Array.from(whole)
      changed[at] = (changed[at] ?? 0) ^ 4
      app.world.files.set('header', { bytes: changed, synced: changed })
      expect([at, await app.ask(unlock(right))]).toEqual([at, 'corrupt'])
    }
    app.world.files.delete('header')
    expect(await app.ask(unlock(right))).toBe('corrupt')
    expect(await app.ask(setUp)).toBe('corrupt')
    expect(app.world.derivations.length).toBe(1)
    app.world.files.set('header', { bytes: whole, synced: whole })
    expect(await app.ask(unlock(right))).toBe(null)
    expect(await app.ask(get('a'))).toBe('=1')
  })
})

describe('the key derivation', () => {
  const costing = (memoryKiB: number, iterations: number) => ({
    description: pinDescription,
    open: (context: Parameters<typeof openVault>[0]) =>
      openVault(context, {
        description: pinDescription,
        initial: 'keyring-pin',
        kdf: { memoryKiB, iterations, parallelism: 1 },
      }),
  })
  it('costs what the vault says, not what the build says', async () => {
    const dear = memoryApp(costing(131_072, 4))
    await dear.ask(setUp)
    const cheaper = memoryApp(reference, dear.world)
    expect(await cheaper.ask(unlock(right))).toBe(null)
    expect(await cheaper.ask(changePin(right, '1111'))).toBe(null)
    const cost = { memoryKiB: 131_072, iterations: 4, parallelism: 1 }
    expect(dear.world.derivations).toEqual([cost, cost, cost, cost])
    const app = await ready()
    expect(app.world.derivations).toEqual([kdfDefault])
  })
  it('is never below the floor when a slot is made', async () => {
    const cheap = memoryApp(costing(8, 1))
    expect(await cheap.ask(setUp)).toBe(null)
    expect(cheap.world.derivations).toEqual([kdfFloor])
    expect(await cheap.ask(unlock(right))).toBe(null)
  })
})

it('a slot below the floor is refused before any PIN is tried, however well it is authenticated', async () => {
  const app = await ready()
  const { world } = app
  const { keyring } = world.ports
  const item = anchorItem('run/1')
  const [anchor] = (await world.run([fetchAnchor(keyring, item)])) ?? []
  if (anchor === undefined || anchor === null) throw new Error('the keyring has no anchor')
  const { header } = decodeHeader(world.files.get('header')?.bytes ?? new Uint8Array())
  const place = async (change: Partial<KdfCost>) => {
    const slots = header.slots.map((slot) =>
      slot.method === 'keyring-pin' ? { ...slot, kdf: { ...slot.kdf, ...change } } : slot,
    )
    const sealed = encodeHeader({ ...header, slots }, { guard: anchor.guard, vault: new Uint8Array(32) })
    world.files.set('header', { bytes: sealed, synced: sealed })
    await world.run([keepAnchor(keyring, item, anchor.with({ header: digestOf(sealed) }))])
  }
  for (const change of [{ memoryKiB: 19_455 }, { iterations: 1 }, { parallelism: 0 }]) {
    await place(change)
    expect(await failure(app, unlock(right))).toMatchObject({
      code: 'corrupt',
      reason: 'the key derivation is below the floor',
    })
  }
  expect(world.derivations.length).toBe(1)
})

describe('wrong PINs', () => {
  it('are counted down, through restarts, and forgotten after the right one', async () => {
    const app = await ready()
    for (let n = 1; n <= 3; n++) {
      expect(await failure(app, unlock(wrong(n)))).toEqual({ code: 'wrong-pin', remaining: 10 - n, limit: 10 })
      app.restart()
    }
    expect(await app.ask(unlock(right))).toBe(null)
    await app.ask({ op: 'lock' })
    expect(await failure(app, unlock(wrong(4)))).toMatchObject({ remaining: 9 })
  })
  it('lock out, the right PIN too, until the wait is served', async () => {
    const app = await ready()
    await guessWrongly(app, attempts.free)
    const derived = app.world.derivations.length
    for (const pin of [right, wrong(1)])
      expect(await failure(app, unlock(pin))).toMatchObject({ code: 'locked-out-temporary', retryAfterMs: 60_000 })
    expect(app.world.derivations.length).toBe(derived)
    app.world.pass(59_999)
    expect(await failure(app, unlock(right))).toMatchObject({ code: 'locked-out-temporary' })
    app.world.pass(1)
    expect(await app.ask(unlock(wrong(99)))).toBe('wrong-pin')
    expect(await failure(app, unlock(right))).toMatchObject({ code: 'locked-out-temporary', retryAfterMs: 120_000 })
    app.world.pass(120_000)
    expect(await app.ask(unlock(right))).toBe(null)
    await app.ask({ op: 'lock' })
    await guessWrongly(app, attempts.free)
    // A wait that was served once is not served for good.
    expect(await failure(app, unlock(right))).toMatchObject({ code: 'locked-out-temporary', retryAfterMs: 60_000 })
  })
  it('are not forgotten by a restart, a clock set either way, or older files', async () => {
    const app = await ready()
    const copied = new Map(app.world.files)
    await guessWrongly(app, attempts.free)
    for (const jump of [-1e12, 1e12, 0]) {
      app.world.wall += jump
      expect(await app.ask(unlock(right))).toBe('locked-out-temporary')
      app.restart()
      expect(await app.ask(unlock(right))).toBe('locked-out-temporary')
    }
    app.world.files.clear()
    for (const [path, file] of copied) app.world.files.set(path, file)
    expect(await app.ask(unlock(right))).toBe('locked-out-temporary')
    app.world.pass(60_000)
    expect(await app.ask(unlock(right))).toBe(null)
  })
  it('lock out for good after a hundred in a row', async () => {
    const app = await ready()
    for (let failures = 0; failures < attempts.most; failures++) {
      app.world.pass(waitAfter(failures) ?? 0)
      expect([failures, await app.ask(unlock(wrong(failures)))]).toEqual([failures, 'wrong-pin'])
      // Asks once more, so that the wait begins.
      if (failures % 7 === 0 && failures >= attempts.free) await app.ask(unlock(right))
    }
    app.world.pass(1e9)
    expect(await app.ask(unlock(right))).toBe('locked-out-permanent')
    expect(await app.ask({ op: 'reset' })).toBe(null)
    expect(await app.ask(setUp)).toBe(null)
  })
  it('get no verdict that is not counted, and are not counted without one', async () => {
    for (const loses of ['kill', 'all', 'contents'] as const)
      for (let at = 0; ; at++) {
        const app = await ready()
        app.world.crashAt(at)
        const answer = await app.answer(unlock(wrong(1)))
        if (loses !== 'kill') app.world.cutPower(loses)
        app.restart()
        const then = await failure(app, unlock(wrong(2)))
        expect([at, then?.remaining]).toEqual([at, answer === null ? 9 : 8])
        expect(await app.ask(unlock(right))).toBe(null)
        if (answer !== null) break
      }
  })
  it('get no verdict while they cannot be counted', async () => {
    const app = await ready()
    await app.ask(unlock(right))
    app.world.keyring = 'locked'
    expect(await app.ask(unlock(wrong(1)))).toBe('store-locked')
    // Nor the right one: to be let in where the wrong one is not would be a verdict.
    expect(await app.ask(unlock(right))).toBe('store-locked')
    app.world.keyring = 'unlocked'
    expect(await failure(app, unlock(wrong(1)))).toMatchObject({ remaining: 9 })
  })
})

it('calls at the same time are answered in turn, in any order of effects', async () => {
  const calls: readonly (readonly [VaultCall, unknown])[] = [
    [put('b', '2'), null],
    [changePin(wrong(1), '1111'), 'wrong-pin'],
    [changePin(right, '1111'), null],
    [unlock(right), 'wrong-pin'],
    [{ op: 'lock' }, null],
    [unlock(right), 'wrong-pin'],
    [get('b'), 'vault-locked'],
    [unlock('1111'), null],
    [get('b'), '=2'],
    [changePin('1111', '2222'), null],
    [{ op: 'delete', name: 'a' }, null],
    [{ op: 'list' }, ['b']],
  ]
  for (let seed = 1; seed <= 15; seed++) {
    const app = await ready()
    await app.ask(unlock(right))
    let state = seed
    const choose = (pending: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return (state >>> 16) % Math.max(pending, 1)
    }
    const said = await app.askAll(
      calls.map(([call]) => call),
      choose,
    )
    expect(said).toEqual(calls.map(([, expected]) => expected))
  }
})

describe('changePin', () => {
  it('makes the new PIN the only one, for an older header too', async () => {
    const app = await ready()
    expect(await app.ask(changePin(right, '1111'))).toBe('vault-locked')
    await app.ask(unlock(right))
    const old = app.world.files.get('header')
    expect(await app.ask(changePin('999999', '1111'))).toBe('wrong-pin')
    expect(await app.ask(changePin(right, '11'))).toBe('invalid-argument')
    expect(await app.ask(changePin(right, '1111'))).toBe(null)
    expect(await app.ask(put('b', '2'))).toBe(null)
    app.restart()
    expect(await app.ask(unlock(right))).toBe('wrong-pin')
    expect(await app.ask(unlock('1111'))).toBe(null)
    expect(await app.ask({ op: 'list' })).toEqual(['a', 'b'])
    if (old !== undefined) app.world.files.set('header', old)
    app.restart()
    for (const pin of [right, '1111']) expect(await app.ask(unlock(pin))).toBe('rollback')
  })
  it('cut short leaves exactly one PIN that opens', async () => {
    const seen = new Set<string>()
    for await (const { app, where, finished } of crashedAtEveryEffect(
      reference,
      [setUp, put('a', '1')],
      changePin(right, '1111'),
    )) {
      const opens: string[] = []
      for (const pin of [right, '1111']) {
        const said = await app.ask(unlock(pin))
        expect([where, said === null || said === 'wrong-pin']).toEqual([where, true])
        if (said === null) opens.push(pin)
        app.restart()
      }
      expect([where, opens.length]).toEqual([where, 1])
      if (finished) expect(opens).toEqual(['1111'])
      seen.add(opens.join())
      await app.ask(unlock(opens[0] ?? ''))
      expect(await app.ask(get('a'))).toBe('=1')
      expect([where, app.world.files.size]).toEqual([where, 3])
    }
    expect([...seen].sort()).toEqual(['1111', right])
  })
  it('of set-up cut short leaves a vault that the PIN opens, or none', async () => {
    for await (const { app, where, finished } of crashedAtEveryEffect(reference, [], setUp)) {
      const state = await app.ask({ op: 'state' })
      expect([where, state === 'locked' || (!finished && state === 'not-set-up')]).toEqual([where, true])
      expect([where, await app.ask(state === 'locked' ? unlock(right) : setUp)]).toEqual([where, null])
      expect(await app.ask(put('a', '1'))).toBe(null)
    }
  })
})
