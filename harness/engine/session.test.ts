import { describe, expect, it } from 'vitest'
import { model } from '../../devices/model/model.ts'
import type { Description } from '../contract/description.ts'
import type { Event } from '../contract/history.ts'
import type { Operation } from '../contract/operations.ts'
import type { Command } from '../contract/program.ts'
import { sampleStore } from '../contract/sample-store.ts'
import type { Answer, Vault, VaultContext, VaultModule } from '../contract/vault.ts'
import { RestoreFault, session } from './session.ts'
import { inProcessTarget } from './target.ts'

const description: Description = {
  ...sampleStore,
  operations: ['put', 'get'],
  mapping: [{ match: 'Gone', by: 'type', to: ['not-found'] }],
}
const ok: Answer = { is: 'ok', value: null }
const gone: Answer = {
  is: 'native',
  native: { domain: 'test', code: null, type: 'Gone', message: 'no secret-looking text' },
}

/** Two effects for a put: the item, then its mark. */
function twoSteps({ namespace, ports: { keyring } }: VaultContext): Vault {
  return {
    description,
    async invoke(call) {
      if (call.op === 'put') {
        await keyring.set({ service: namespace, account: call.name ?? '' }, Buffer.from(call.value))
        await keyring.set({ service: namespace, account: 'mark' }, Buffer.from(call.name ?? ''))
        return ok
      }
      const name = call.op === 'get' ? (call.name ?? '') : ''
      const value = await keyring.get({ service: namespace, account: name })
      return value === null ? gone : { is: 'ok', value }
    },
  }
}

async function run(
  open: VaultModule['open'],
  commands: readonly Command[],
  schedule: readonly number[] = [],
  described = description,
) {
  const target = inProcessTarget({ description: described, open }, model())
  const { events } = await session(target, { prefix: 'test', deadlineMs: 1000 }).run({ commands, schedule })
  return events
}
const put = (name: string, canary = 1): Operation => ({ op: 'put', name, value: { canary, size: 16, kind: 'text' } })
const call = (op: Operation): Command => ({ do: 'call', op })
const start = (op: Operation): Command => ({ do: 'start', op })
const outcomes = (events: readonly Event[]) =>
  events.flatMap((event) => (event.type === 'return' ? [event.outcome] : []))

describe('a session', () => {
  it('hands out secrets and takes back recipes', async () => {
    const [first, second] = outcomes(await run(twoSteps, [call(put('a')), call({ op: 'get', name: 'a' })]))
    expect(first).toEqual({ is: 'ok', value: null })
    expect(second).toEqual({ is: 'ok', value: { is: 'canary', canary: { canary: 1, size: 16, kind: 'text' } } })
  })
  it('keeps of a native error its identity, not its text', async () => {
    const [read] = outcomes(await run(twoSteps, [call({ op: 'get', name: 'a' })]))
    expect(read).toEqual({
      is: 'fail',
      failure: { code: 'not-found' },
      native: { domain: 'test', code: null, type: 'Gone', message: '' },
    })
  })
  it.each([
    [0, 'not-found'],
    [1, 'canary'],
  ] as const)('kills in place of effect %i, and what came before stays', async (atEffect, seen) => {
    const events = await run(twoSteps, [
      { do: 'control', control: { control: 'kill-app', atEffect } },
      call(put('a')),
      call({ op: 'get', name: 'a' }),
    ])
    expect(events.flatMap((event) => (event.type === 'control' ? [event.result] : []))).toEqual(['armed', 'done'])
    const [write, read] = outcomes(events)
    expect(write).toEqual({ is: 'info', why: 'killed' })
    expect(JSON.stringify(read)).toContain(seen)
  })
  it('completes effects in the order of the schedule', async () => {
    const program = [start(put('a')), start(put('b')), call({ op: 'get', name: 'mark' })]
    const finished = async (schedule: readonly number[]) =>
      (await run(twoSteps, program, schedule)).flatMap((event) => (event.type === 'return' ? [event.call] : []))
    expect(await finished([])).toEqual([2, 0, 1])
    expect(await finished([1, 2, 1, 1])).not.toEqual(await finished([]))
    expect(await finished([1, 2, 1, 1])).toEqual(await finished([1, 2, 1, 1]))
  })
  it('knows at once that a call will never be answered', async () => {
    const hangs: VaultModule['open'] = (context) => {
      const vault = twoSteps(context)
      return { description, invoke: (one) => (one.op === 'put' ? new Promise(() => {}) : vault.invoke(one)) }
    }
    expect(outcomes(await run(hangs, [call(put('a')), start(put('b'))]))).toEqual([
      { is: 'info', why: 'stuck' },
      { is: 'info', why: 'stuck' },
    ])
  })
  it('judges a vault that throws instead of failing with it', async () => {
    const throws: VaultModule['open'] = (context) => {
      const vault = twoSteps(context)
      return {
        description,
        invoke(one) {
          if (one.op === 'put') throw new TypeError('a message that might hold a secret')
          return vault.invoke(one)
        },
      }
    }
    expect(outcomes(await run(throws, [call(put('a'))]))).toMatchObject([
      { is: 'fail', failure: { code: 'internal' }, native: { type: 'TypeError', message: '' } },
    ])
  })
  it('records what does not apply, and goes on', async () => {
    const events = await run(twoSteps, [
      call({ op: 'list' }),
      { do: 'control', control: { control: 'unlock-keyring' } },
      call(put('a')),
    ])
    expect(events.map((event) => ('result' in event ? `${event.type} ${event.result}` : event.type))).toEqual([
      'skipped',
      'control skipped',
      'invoke',
      'return',
      'observation',
      'observation',
      'observation',
    ])
  })
  it('refuses to judge a vault that was not restored', async () => {
    const kept = new Map<string, Uint8Array>([['a', Buffer.from('left by an earlier program')]])
    const stale: VaultModule['open'] = () => ({
      description,
      async invoke(one) {
        return { is: 'ok', value: one.op === 'get' ? (kept.get(one.name ?? '') ?? null) : null }
      },
    })
    await expect(run(stale, [call({ op: 'get', name: 'a' })])).rejects.toThrow(RestoreFault)
  })
  it('lets another process of the app call, which has a memory of its own and ends with the first', async () => {
    let processes = 0
    const counting: VaultModule['open'] = (context) => {
      const mine = ++processes
      return { description, invoke: async (one) => (one.op === 'get' ? twoSteps(context).invoke(one) : told(mine)) }
    }
    const told = (mine: number): Answer => ({ is: 'fail', failure: { code: 'busy', remaining: mine } })
    const other: Command = { do: 'call', op: put('a'), by: 'other' }
    const kill: Command = { do: 'control', control: { control: 'kill-app' } }
    const events = await run(counting, [call(put('a')), other, other, kill, other, call(put('a'))])
    const seen = outcomes(events).map((one) => (one.is === 'fail' ? one.failure.remaining : one.is))
    expect(seen).toEqual([1, 2, 2, 3, 4])
  })
  it('leaves out the calls of another process where there is one', async () => {
    const target = inProcessTarget({ description, open: twoSteps }, { ...model(), severalProcesses: false })
    const commands: readonly Command[] = [{ do: 'call', op: put('a'), by: 'other' }]
    const { events } = await session(target, { prefix: 'test', deadlineMs: 1000 }).run({ commands, schedule: [] })
    expect(events.find(({ type }) => type === 'skipped')).toMatchObject({ why: 'the vault has one process here' })
    expect(outcomes(events)).toEqual([])
  })
  it('gives the PIN that the person knows where the program names none', async () => {
    const pins: string[] = []
    const asks: VaultModule['open'] = () => ({
      description: withPin,
      async invoke(one) {
        if (one.op === 'unlock')
          pins.push(one.pin === undefined || one.pin === null ? 'none' : Buffer.from(one.pin).toString('latin1'))
        return one.op === 'get' ? gone : ok
      },
    })
    const withPin: Description = {
      ...description,
      profiles: ['store', 'lifecycle', 'pin'],
      operations: ['put', 'get', 'setUp', 'unlock', 'changePin'],
    }
    const change: Operation = { op: 'changePin', next: { pin: 2 } }
    await run(
      asks,
      [call({ op: 'unlock' }), call(change), call({ op: 'unlock' }), call({ op: 'unlock', pin: null })],
      [],
      withPin,
    )
    expect(pins[0]).toMatch(/^\d{12}$/)
    expect(pins[1]).not.toBe(pins[0])
    expect(pins[2]).toBe('none')
  })
})

it('turns the event loop now and then, though nothing in process waits for it', async () => {
  let turns = 0
  const turn = () => {
    turns++
    watch = setImmediate(turn)
  }
  let watch = setImmediate(turn)
  await using target = inProcessTarget({ description, open: twoSteps }, model())
  const { run: runs } = session(target, { prefix: 'run', deadlineMs: 1000 })
  for (let program = 0; program < 100; program++)
    await runs({ commands: [{ do: 'call', op: { op: 'get', name: 'a' } }], schedule: [] })
  clearImmediate(watch)
  expect(turns).toBeGreaterThan(3)
})
