import { describe, expect, test } from 'vitest'
import type { Control } from '../../harness/contract/controls.ts'
import type { Device } from '../../harness/contract/device.ts'
import type { Answer } from '../../harness/contract/vault.ts'
import type { Target } from '../../harness/engine/target.ts'
import type { PersistenceEvent } from './events.ts'
import { cellOf, type Fate } from './fates.ts'
import { trial } from './trial.ts'

/** What a store does wrong when its daemon is killed. */
type Fault = (entries: Map<string, string>) => void
interface Store {
  readonly fault?: Fault
  readonly put?: Answer
  readonly putWhenFull?: Answer
  readonly get?: (entries: Map<string, string>, name: string) => Answer | Promise<Answer>
}

const ok = (value: string | null): Answer => ({ is: 'ok', value })
const fail = (code: 'not-found' | 'store-locked' | 'unavailable' | 'rejected'): Answer => ({
  is: 'fail',
  failure: { code },
})

/** A vault in text on a keyring of two controls, as a fake: what trials do to it is told in order. */
const fake = ({ fault = () => {}, put, putWhenFull, get }: Store) => {
  const entries = new Map<string, string>()
  const told: string[] = []
  let locked = false
  let full = false
  const device = {
    name: 'fake',
    restore: async () => {
      locked = false
    },
    apply: async (asked: Control) => {
      const { control } = asked
      told.push(control)
      if (asked.control === 'fill-disk') full = asked.room === 'none'
      if (control === 'restart-keyring') fault(entries)
      if (control === 'lock-keyring') locked = true
      if (control === 'unlock-keyring') locked = false
      return 'done' as const
    },
    sweep: async () => {
      entries.clear()
    },
  }
  const target = {
    device: device as unknown as Device,
    description: { values: 'text', mapping: [], profiles: ['store'] } as unknown as Target['description'],
    begin: async () => {},
    invoke: async (call: { op: string; name?: string; value?: unknown }) => {
      told.push(`${call.op} ${call.name}`)
      const name = call.name ?? ''
      if (call.op === 'put') {
        if (put !== undefined) return put
        if (full && putWhenFull !== undefined) return putWhenFull
        entries.set(name, String(call.value))
        return ok(null)
      }
      if (call.op === 'delete') return entries.delete(name) ? ok(null) : fail('not-found')
      if (locked) return fail('store-locked')
      const value = entries.get(name)
      return get?.(entries, name) ?? (value === undefined ? fail('not-found') : ok(value))
    },
    kill: async () => {
      told.push('kill')
    },
  } as unknown as Target
  return { target, told, entries }
}

const killed: PersistenceEvent = {
  id: 'daemon-kill',
  title: 'daemon killed',
  meaning: '',
  on: 'container',
  steps: [{ control: 'restart-keyring' }],
}
const locks: PersistenceEvent = { ...killed, steps: [{ control: 'kill-app' }, { control: 'lock-keyring' }] }
const fills: PersistenceEvent = {
  ...killed,
  meanwhile: [{ control: 'fill-disk', room: 'none' }],
  steps: [{ control: 'fill-disk', room: 'back' }, { control: 'restart-keyring' }],
}
const edge = { namespace: 'n', wait: async () => {}, callMs: 50 }

const stores: readonly (readonly [Fate, Store, PersistenceEvent])[] = [
  ['kept', {}, killed],
  ['lost', { fault: (entries) => entries.delete('a') }, killed],
  ['changed', { fault: (entries) => entries.set('a', 'older') }, killed],
  ['neighbour', { fault: (entries) => entries.delete('b') }, killed],
  ['refused', { put: fail('rejected') }, killed],
  ['failed', { get: () => fail('unavailable') }, killed],
  ['unanswered', { get: () => new Promise(() => {}) }, killed],
  ['locked', {}, locks],
  ['lost', { fault: (entries) => entries.delete('a') }, fills],
  ['refused', { putWhenFull: fail('rejected') }, fills],
  ['neighbour', { putWhenFull: fail('rejected'), fault: (entries) => entries.delete('b') }, fills],
]

describe('a trial', () => {
  test.each(stores)('tells that a value is %s', async (fate, store, event) => {
    expect(await trial([fake(store).target], event, edge)).toMatchObject([{ fate }])
  })

  test('does nothing between the acknowledged write and the event, reads by a fresh process, and leaves nothing', async () => {
    const { target, told, entries } = fake({})
    await trial([target], killed, edge)
    expect(told.slice(0, 6)).toEqual(['put b', 'put a', 'restart-keyring', 'kill', 'get a', 'get b'])
    expect(entries.size).toBe(0)
  })

  test('judges several clients of one event each by its own, and one that refused beside them', async () => {
    const loses = fake({ fault: (entries) => entries.delete('a') })
    const device = loses.target.device
    const beside = (store: Store): Target => ({ ...fake(store).target, device })
    const all = [loses.target, beside({}), beside({ put: fail('rejected') })]
    expect(await trial(all, killed, edge)).toMatchObject([{ fate: 'lost' }, { fate: 'kept' }, { fate: 'refused' }])
    expect(loses.told.filter((said) => said === 'restart-keyring')).toHaveLength(1)
  })

  test('sets up a vault that has to be, and opens it in the fresh process', async () => {
    const { target, told } = fake({})
    const description = { ...target.description, profiles: ['store', 'lifecycle'] } as typeof target.description
    const asked: string[] = []
    const invoke: Target['invoke'] = async (call) => {
      asked.push(call.op)
      return call.op === 'setUp' || call.op === 'unlock' ? ok(null) : target.invoke(call)
    }
    await trial([{ ...target, description, invoke }], killed, edge)
    expect(asked.slice(0, 5)).toEqual(['setUp', 'put', 'put', 'unlock', 'get'])
    expect(told).toContain('restart-keyring')
  })
})

test('trials are added up by fate and by what was answered', () => {
  expect(cellOf([{ fate: 'kept' }, { fate: 'lost', answer: 'not-found' }, { fate: 'kept' }])).toEqual({
    is: 'seen',
    fates: { kept: 2, lost: 1 },
    answers: { 'not-found': 1 },
  })
})
