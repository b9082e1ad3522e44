// Longer than 300 lines: orders of effects of two processes, which share one disk and one interpreter.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { VaultCall } from '../harness/contract/operations.ts'
import type { Answer, Vault, VaultModule } from '../harness/contract/vault.ts'
import { description } from './description.ts'
import { type Event, isLinearizable } from './memory-history.ts'
import { type MemoryWorld, memoryWorld } from './memory-world.ts'
import reference from './module.ts'
import { attempts } from './pin/lockout.ts'
import { openVault } from './vault.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const put = (name: string, text: string): VaultCall => ({ op: 'put', name, value: bytes(text) })
const get = (name: string): VaultCall => ({ op: 'get', name })
const unlock = (pin: string): VaultCall => ({ op: 'unlock', pin: bytes(pin) })
const changePin = (pin: string, next: string): VaultCall => ({ op: 'changePin', pin: bytes(pin), next: bytes(next) })
const addPin: VaultCall = { op: 'addSlot', method: 'keyring-pin', pin: bytes('2468') }
const said = (answer: Answer | undefined): unknown => {
  if (answer === undefined || answer.is === 'native') return 'nothing'
  if (answer.is === 'fail') return answer.failure.code
  return answer.value instanceof Uint8Array ? `=${Buffer.from(answer.value).toString()}` : answer.value
}

/** One that is set up with a PIN, and has slots too. */
const withPin: VaultModule = {
  description,
  open: (context) => openVault(context, { description, initial: 'keyring-pin' }),
}

/** A vault that is open in two processes. */
async function two(vaultModule: VaultModule, setUp: VaultCall, opens: VaultCall) {
  const world = memoryWorld()
  const start = () => {
    const { ports, die } = world.process()
    return { vault: vaultModule.open({ namespace: 'run/1', directory: 'memory', ports }), keyring: ports.keyring, die }
  }
  const [first, second] = [start(), start()]
  const ask = async (vault: Vault, call: VaultCall) => said((await world.run([vault.invoke(call)]))?.[0])
  expect(await ask(first.vault, setUp)).toBe(null)
  expect(await ask(second.vault, opens)).toBe(null)
  return { world, start, first, second, ask }
}
const open = () => two(reference, { op: 'setUp' }, { op: 'unlock' })
const openPin = () => two(withPin, { op: 'setUp', pin: bytes('2468') }, unlock('2468'))

/** Completes effects in the order of the numbers, then the oldest first, until none is left; `at` is told of each. */
async function play(world: MemoryWorld, order: readonly number[], at: (effect: number) => void = () => {}) {
  let effect = 0
  const choose = (pending: number) => (order[effect] ?? 0) % Math.max(pending, 1)
  while (await world.step(choose)) at(++effect)
}

describe('two processes that write one vault at the same time', () => {
  const change = fc.record({
    op: fc.constantFrom('put', 'put', 'delete', 'get', 'get'),
    name: fc.constantFrom('a', 'b'),
  })
  const script = fc.array(change, { minLength: 1, maxLength: 4 })
  const order = fc.array(fc.nat(3), { maxLength: 120 })
  const kill = fc.option(fc.record({ process: fc.nat(1), at: fc.integer({ min: 1, max: 60 }) }))

  it('lose nothing and read nothing stale, in any order of effects, and where one is killed', async () => {
    const outcomes = { busy: 0, killed: 0 }
    await fc.assert(
      fc.asyncProperty(script, script, order, kill, async (ours, theirs, order, kill) => {
        const { world, start, first, second, ask } = await open()
        const events = new Map<string, Event[]>([
          ['a', []],
          ['b', []],
        ])
        let now = 0
        let written = 0
        const perform = async (vault: Vault, { op, name }: { op: string; name: string }) => {
          const value = op === 'put' ? `${++written}` : null
          const call = op === 'put' ? put(name, `${value}`) : ({ op, name } as VaultCall)
          const begun = now
          const at = events.get(name)?.push({ value, writes: op !== 'get', begun, answered: Infinity }) ?? 0
          const answer = said(await vault.invoke(call))
          if (answer === 'busy') outcomes.busy++
          const read = answer === 'not-found' ? null : String(answer).slice(1)
          const event = { value: op === 'get' ? read : value, writes: op !== 'get', begun, answered: now }
          // Refused for being busy, it did nothing: it is as if it had written after everything was over.
          expect(answer === null || answer === 'busy' || op === 'get').toBe(true)
          events.get(name)?.splice(at - 1, 1, answer === 'busy' ? { ...event, begun: 1e9, answered: Infinity } : event)
        }
        const running = [
          [first, ours],
          [second, theirs],
        ] as const
        for (const [{ vault }, script] of running)
          void (async () => {
            for (const step of script) await perform(vault, step)
          })()
        await play(world, order, (effect) => {
          now++
          if (kill === null || kill.at !== effect) return
          outcomes.killed++
          running[kill.process]?.[0].die()
        })
        const last = start().vault
        now++
        expect(await ask(last, { op: 'unlock' })).toBe(null)
        let kept = 0
        for (const [name, at] of events) {
          const answer = await ask(last, get(name))
          const value = answer === 'not-found' ? null : String(answer).slice(1)
          if (value !== null) kept++
          at.push({ value, writes: false, begun: now, answered: now })
          expect([name, at, isLinearizable(at)]).toEqual([name, at, true])
        }
        // One header, one manifest, and a file for each entry.
        expect(world.files.size).toBe(2 + kept)
      }),
      { numRuns: 300 },
    )
    expect(outcomes.killed).toBeGreaterThan(0)
  })
})

describe('a process whose vault another one changes', () => {
  it('sees each acknowledged write, without the keyring where nothing was written', async () => {
    const { world, first, second, ask } = await open()
    for (const [value, expected] of [
      ['1', '=1'],
      ['2', '=2'],
    ] as const) {
      expect(await ask(first.vault, put('a', value))).toBe(null)
      expect(await ask(second.vault, get('a'))).toBe(expected)
    }
    expect(await ask(second.vault, put('b', '3'))).toBe(null)
    expect(await ask(first.vault, { op: 'list' })).toEqual(['a', 'b'])
    expect(await ask(second.vault, { op: 'delete', name: 'a' })).toBe(null)
    expect(await ask(first.vault, { op: 'has', name: 'a' })).toBe(false)
    world.keyring = 'locked'
    expect(await ask(first.vault, get('b'))).toBe('=3')
    expect(await ask(first.vault, get('a'))).toBe('not-found')
    expect(await ask(first.vault, { op: 'delete', name: 'a' })).toBe(null)
    expect(await ask(first.vault, { op: 'slots' })).toEqual(['keyring'])
    world.keyring = 'unlocked'
    expect(await ask(first.vault, put('c', '4'))).toBe(null)
    world.keyring = 'locked'
    // There is something new, and without the keyring nobody can tell what.
    expect(await ask(second.vault, get('a'))).toBe('store-locked')
  })
  it('knows its slots and its PIN, and writes on', async () => {
    const { start, first, second, ask } = await openPin()
    expect(await ask(first.vault, changePin('2468', '1111'))).toBe(null)
    expect(await ask(second.vault, unlock('2468'))).toBe('wrong-pin')
    expect(await ask(second.vault, changePin('2468', '2222'))).toBe('wrong-pin')
    expect(await ask(second.vault, put('a', '1'))).toBe(null)
    expect(await ask(second.vault, changePin('1111', '3333'))).toBe(null)
    expect(await ask(first.vault, { op: 'addSlot', method: 'keyring' })).toBe(null)
    expect(await ask(second.vault, { op: 'slots' })).toEqual(['keyring-pin', 'keyring'])
    const last = start().vault
    expect(await ask(last, unlock('1111'))).toBe('wrong-pin')
    expect(await ask(last, unlock('3333'))).toBe(null)
    expect(await ask(last, get('a'))).toBe('=1')
  })
  it('locks itself where the vault was reset, and where there is another one', async () => {
    const { world, first, second, ask } = await open()
    await ask(first.vault, put('a', '1'))
    expect(await ask(first.vault, { op: 'reset' })).toBe(null)
    expect(await ask(second.vault, get('a'))).toBe('not-set-up')
    expect(await ask(second.vault, { op: 'state' })).toBe('not-set-up')
    expect(await ask(second.vault, { op: 'setUp' })).toBe(null)
    expect(await ask(first.vault, { op: 'unlock' })).toBe(null)
    await ask(first.vault, { op: 'reset' })
    await ask(first.vault, { op: 'setUp' })
    await ask(first.vault, put('b', '2'))
    expect(await ask(second.vault, put('a', '3'))).toBe('vault-locked')
    expect(await ask(second.vault, { op: 'state' })).toBe('locked')
    expect(await ask(second.vault, { op: 'unlock' })).toBe(null)
    expect(await ask(second.vault, { op: 'list' })).toEqual(['b'])
    expect(world.log).toEqual([])
  })
  it('opens another vault that has taken its place by the PIN of that one', async () => {
    const { first, second, ask } = await openPin()
    await ask(first.vault, { op: 'reset' })
    expect(await ask(second.vault, unlock('2468'))).toBe('not-set-up')
    expect(await ask(second.vault, { op: 'setUp', pin: bytes('1111') })).toBe(null)
    await ask(first.vault, unlock('1111'))
    await ask(second.vault, { op: 'reset' })
    await ask(second.vault, { op: 'setUp', pin: bytes('2222') })
    await ask(second.vault, put('a', '1'))
    expect(await ask(first.vault, unlock('1111'))).toBe('wrong-pin')
    expect(await ask(first.vault, unlock('2222'))).toBe(null)
    expect(await ask(first.vault, get('a'))).toBe('=1')
  })
  it('writes nothing without its key in the keyring, and can still be read', async () => {
    const { world, first, ask } = await open()
    await ask(first.vault, put('a', '1'))
    const kept = [...world.secrets]
    world.secrets.clear()
    expect(await ask(first.vault, put('a', '2'))).toBe('key-invalidated')
    expect(await ask(first.vault, get('a'))).toBe('=1')
    for (const [item, secret] of kept) world.secrets.set(item, secret)
    expect(await ask(first.vault, put('a', '2'))).toBe(null)
  })
  it('writes nothing over the files of another that were put back to older ones', async () => {
    const { world, first, second, ask } = await open()
    await ask(first.vault, put('a', 'old'))
    await ask(second.vault, get('a'))
    const older = new Map(world.files)
    await ask(first.vault, put('a', 'new'))
    const newer = new Map(world.files)
    const restore = (files: typeof older) => {
      world.files.clear()
      for (const [path, file] of files) world.files.set(path, file)
    }
    restore(older)
    expect(await ask(second.vault, put('b', '1'))).toBe('rollback')
    expect(await ask(second.vault, put('b', '1'))).toBe('rollback')
    restore(newer)
    expect(await ask(second.vault, put('b', '1'))).toBe(null)
    expect(await ask(second.vault, get('a'))).toBe('=new')
  })
  it('is told busy where another one does not come to an end, and reads on', async () => {
    const { world, first, second, ask } = await open()
    await ask(first.vault, put('a', '1'))
    await ask(second.vault, get('a'))
    first.keyring.set = () => new Promise(() => {})
    void first.vault.invoke(put('a', '2'))
    await play(world, [])
    expect(await ask(second.vault, put('a', '3'))).toBe('busy')
    expect(await ask(second.vault, get('a'))).toBe('=1')
    first.die()
    expect(await ask(second.vault, put('a', '3'))).toBe(null)
    expect([...world.files.keys()].filter((path) => path === 'lock')).toEqual([])
  })
})

it('two processes agree on what a third one was killed at, from the moment that one of them tells', async () => {
  const seen = new Set<unknown>()
  for (let at = 1; ; at++) {
    const { world, start, first, second, ask } = await open()
    const third = start().vault
    await ask(first.vault, put('a', 'old'))
    for (const vault of [second.vault, third]) await ask(vault, { op: 'unlock' })
    for (const vault of [second.vault, third]) expect(await ask(vault, get('a'))).toBe('=old')
    let answered = false
    void first.vault.invoke(put('a', 'new')).then(() => {
      answered = true
    })
    for (let effect = 0; effect < at; effect++) await world.step(() => 0)
    first.die()
    expect(await ask(third, put('b', '1'))).toBe(null)
    const value = await ask(third, get('a'))
    seen.add(value)
    expect([at, await ask(second.vault, get('a'))]).toEqual([at, value])
    expect(await ask(start().vault, { op: 'unlock' })).toBe(null)
    expect(world.files.size).toBe(4)
    if (answered) break
  }
  expect([...seen].sort()).toEqual(['=new', '=old'])
})

describe('two processes that set up or change slots at the same time', () => {
  it('make one vault, whichever is first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 60 }), async (order) => {
        const world = memoryWorld()
        const vaults = [0, 1].map(() =>
          reference.open({ namespace: 'run/1', directory: 'memory', ports: world.process().ports }),
        )
        const calls = vaults.map((vault) => vault.invoke({ op: 'setUp' }))
        const asked = vaults[1]?.invoke({ op: 'unlock' })
        await play(world, order)
        const answers = (await Promise.all(calls)).map(said)
        expect(answers.filter((answer) => answer === null).length).toBe(1)
        expect(answers.filter((answer) => answer === 'already-set-up' || answer === 'busy').length).toBe(1)
        expect(said(await asked)).toBe(null)
        expect([world.files.size, world.secrets.size]).toEqual([2, 1])
      }),
      { numRuns: 100 },
    )
  })
  it('keep every slot and every entry that was acknowledged', async () => {
    let judged = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 120 }), async (order) => {
        const { world, start, first, second, ask } = await open()
        const ours = [put('a', '1'), addPin].map((call) => first.vault.invoke(call))
        const theirs = [put('b', '2'), addPin].map((call) => second.vault.invoke(call))
        await play(world, order)
        const answers = (await Promise.all([...ours, ...theirs])).map(said)
        if (answers.includes('busy')) return
        judged++
        expect(answers.filter((answer) => answer === null).length).toBe(3)
        expect(answers).toContain('rejected')
        const last = start().vault
        expect(await ask(last, unlock('2468'))).toBe(null)
        expect(await ask(last, { op: 'list' })).toEqual(['a', 'b'])
        expect(await ask(last, { op: 'slots' })).toEqual(['keyring', 'keyring-pin'])
        expect(world.files.size).toBe(4)
      }),
      { numRuns: 100 },
    )
    expect(judged).toBeGreaterThan(50)
  })
})

it('two processes that guess together get no more guesses than one, and none is forgotten', async () => {
  const guesses = fc.array(fc.constantFrom('1111', '2222', '3333'), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(guesses, guesses, fc.nat(9), fc.array(fc.nat(3), { maxLength: 150 }), async (...given) => {
      const [ours, theirs, before, order] = given
      const { world, start, ask } = await openPin()
      const [one, other, last] = [start().vault, start().vault, start().vault]
      for (let n = 0; n < before; n++) expect(await ask(one, unlock('1111'))).toBe('wrong-pin')
      const answers: unknown[] = []
      for (const [vault, script] of [
        [one, ours],
        [other, theirs],
      ] as const)
        void (async () => {
          for (const pin of script) answers.push(said(await vault.invoke(unlock(pin))))
        })()
      await play(world, order)
      const verdicts = answers.filter((answer) => answer === 'wrong-pin').length
      const refused = answers.filter((answer) => answer === 'locked-out-temporary').length
      const busy = answers.filter((answer) => answer === 'busy').length
      expect(verdicts + refused + busy).toBe(ours.length + theirs.length)
      expect(before + verdicts).toBeLessThanOrEqual(attempts.free)
      if (refused > 0) expect(before + verdicts).toBe(attempts.free)
      const next = (await world.run([last.invoke(unlock('1111'))]))?.[0]
      const left = attempts.free - before - verdicts
      if (left === 0) expect(said(next)).toBe('locked-out-temporary')
      else expect(next).toMatchObject({ failure: { code: 'wrong-pin', remaining: left - 1 } })
    }),
    { numRuns: 150 },
  )
})
