import { expect, it } from 'vitest'
import type { Control } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import type { Outcome } from '../contract/history.ts'
import type { Operation } from '../contract/operations.ts'
import { sampleStore } from '../contract/sample-store.ts'
import { factsOf } from './facts.ts'
import { historyOfCalls, type Moment } from './sample-calls.ts'

const store: Description = { ...sampleStore, operations: ['put', 'get', 'delete', 'list'] }
const lifecycle: Description = { ...store, profiles: ['store', 'lifecycle'] }
const value = (canary: number) => ({ canary, size: 12, kind: 'text' }) as const
const put = (name: string, canary: number): Operation => ({ op: 'put', name, value: value(canary) })
const get = (name: string): Operation => ({ op: 'get', name })
const ok: Outcome = { is: 'ok', value: null }
const gave = (canary: number): Outcome => ({ is: 'ok', value: { is: 'canary', canary: value(canary) } })
const absent: Outcome = { is: 'fail', failure: { code: 'not-found' } }
const locked: Outcome = { is: 'fail', failure: { code: 'vault-locked' } }
const killed: Outcome = { is: 'info', why: 'killed' }
const kill: Control = { control: 'kill-app' }
const both: readonly Moment[] = [
  [put('a', 1), ok],
  [put('b', 2), ok, 'other'],
]
const told = (description: Description, ...moments: readonly Moment[]) =>
  factsOf(historyOfCalls(...moments), description)
    .of('left-by-two-processes')
    .map(({ call }) => call?.deviation ?? call?.outcome.is)

it('looks at what both have left once both have ended, and at nothing before', () => {
  expect(told(store, ...both, [get('a'), absent], kill, [get('a'), gave(1)], [get('b'), absent])).toEqual([
    'ok',
    'missing',
  ])
})
it('takes either of two writes of one entry, and nothing else', () => {
  const race: readonly Moment[] = [
    { begins: 'one', op: put('a', 1) },
    { begins: 'two', op: put('a', 2), by: 'other' },
    { ends: 'one', outcome: ok },
    { ends: 'two', outcome: ok },
    kill,
  ]
  for (const canary of [1, 2]) expect(told(store, ...race, [get('a'), gave(canary)])).toEqual(['ok'])
  expect(told(store, ...race, [get('a'), absent])).toEqual(['missing'])
})
it('takes a list for a look at every entry', () => {
  const list = (...names: readonly string[]): Moment => [{ op: 'list' }, { is: 'ok', value: names }]
  expect(told(store, ...both, kill, list('a', 'b'))).toEqual(['ok', 'ok'])
  expect(told(store, ...both, kill, list('a'))).toEqual(['ok', 'missing'])
  expect(told(store, ...both, kill, [{ op: 'list' }, { is: 'fail', failure: { code: 'corrupt' } }])).toEqual(['fail'])
})
it('leaves open what became of a write that was killed or refused', () => {
  const begun: Moment = { begins: 'late', op: put('a', 3), by: 'other' }
  for (const seen of [1, 3])
    expect(told(store, ...both, begun, { ends: 'late', outcome: killed }, kill, [get('a'), gave(seen)])).toEqual(['ok'])
  expect(told(store, ...both, [put('a', 3), locked, 'other'], kill, [get('a'), gave(3)])).toEqual(['stale'])
})
it('takes nothing from a look that was killed', () => {
  for (const op of [get('a'), { op: 'list' } as const]) expect(told(store, ...both, kill, [op, killed])).toEqual([])
})
it('asks a vault that has to be opened only once it is', () => {
  const unlock: Operation = { op: 'unlock' }
  expect(told(lifecycle, ...both, kill, [get('a'), locked], [unlock, ok], [get('a'), gave(1)])).toEqual(['ok', 'ok'])
  expect(told(lifecycle, ...both, kill, [unlock, { is: 'fail', failure: { code: 'corrupt' } }])).toEqual(['fail'])
})
it('says nothing where one process alone has written, where the other lives again, or where more was done', () => {
  const [ours, theirs] = both
  expect(
    told(store, ...(ours === undefined ? [] : [ours]), [get('a'), absent, 'other'], kill, [get('a'), absent]),
  ).toEqual([])
  expect(told(store, ...both, kill, theirs ?? kill, [get('a'), absent])).toEqual([])
  expect(told(store, ...both, { control: 'wipe-keyring' }, kill, [get('a'), absent])).toEqual([])
})
