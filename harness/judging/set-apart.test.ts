import { describe, expect, it } from 'vitest'
import type { Code } from '../contract/codes.ts'
import type { Control } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import type { Outcome } from '../contract/history.ts'
import type { Operation } from '../contract/operations.ts'
import { sampleStore } from '../contract/sample-store.ts'
import type { ValueRef } from '../contract/values.ts'
import { type Moment, toldLast } from './sample-calls.ts'
import type { Situation } from './situations.ts'

const store = sampleStore
const sealed: Description = {
  ...store,
  profiles: ['store', 'lifecycle', 'pin'],
  keyring: 'unlock',
  pin: { attempts: 2, digits: [4, 12] },
}
const value = (canary: number): ValueRef => ({ canary, size: 12, kind: 'text' })
const put = (name: string, canary: number): Operation => ({ op: 'put', name, value: value(canary) })
const get = (name: string): Operation => ({ op: 'get', name })
const unlock = (pin = 0): Operation => ({ op: 'unlock', pin: { pin } })
const ok: Outcome = { is: 'ok', value: null }
const gave = (canary: number): Outcome => ({ is: 'ok', value: { is: 'canary', canary: value(canary) } })
const mixture: Outcome = { is: 'ok', value: { is: 'altered', of: null, how: 'unlike', size: 12 } }
const fail = (code: Code): Outcome => ({ is: 'fail', failure: { code } })
const begins = (begins: string, op: Operation): Moment => ({ begins, op })
const ends = (ends: string, outcome: Outcome): Moment => ({ ends, outcome })
const kill: Control = { control: 'kill-app' }
const lock: Control = { control: 'lock-keyring' }
const unlocked: Control = { control: 'unlock-keyring' }

/** Two writes of different entries in flight together, and one that is alone. */
const sideBySide = [begins('a', put('a', 1)), begins('b', put('b', 2)), ends('a', ok), ends('b', ok)]
const together = (first: Outcome, second: Outcome): readonly Moment[] => [
  [put('a', 1), ok],
  kill,
  begins('one', get('a')),
  begins('two', get('a')),
  ends('one', first),
  ends('two', second),
]

describe('of a call that failed so, nothing else is told', () => {
  it.each<[Situation, Description, readonly Moment[]]>([
    ['side-by-side', store, [...sideBySide, [get('a'), mixture]]],
    ['side-by-side', store, [...sideBySide, kill, [get('a'), fail('corrupt')]]],
    [
      'side-by-side',
      store,
      [[put('a', 1), ok], [put('b', 2), ok], begins('one', get('b')), begins('two', get('a')), ends('two', mixture)],
    ],
    ['first-calls-together', store, together(gave(1), fail('not-found'))],
    ['first-calls-together', store, together(gave(1), fail('internal'))],
    [
      'first-calls-together',
      sealed,
      [kill, begins('one', unlock()), begins('two', unlock()), ends('one', ok), ends('two', fail('internal'))],
    ],
    [
      'call-after-failed-start',
      store,
      [[put('a', 1), ok], kill, lock, [get('a'), fail('store-locked')], unlocked, [get('a'), fail('store-locked')]],
    ],
    [
      'call-after-failed-start',
      sealed,
      [kill, lock, [unlock(), fail('store-locked')], unlocked, [unlock(), fail('store-locked')]],
    ],
    [
      'created-together',
      store,
      [begins('one', put('a', 1)), begins('two', put('a', 2)), ends('one', ok), ends('two', fail('internal'))],
    ],
    ['used-after-opening', sealed, [kill, [unlock(), ok], [get('a'), fail('vault-locked')]]],
    ['used-after-opening', sealed, [kill, lock, [unlock(), ok], [get('a'), fail('store-locked')]]],
    [
      'used-after-opening',
      sealed,
      [
        [{ op: 'state' }, { is: 'ok', value: 'unlocked' }],
        [get('a'), fail('not-set-up')],
      ],
    ],
  ])('%s', (situation, description, moments) => {
    expect(toldLast(description, ...moments)).toEqual([situation])
  })
})

describe('a call that did not fail so is told as any other', () => {
  it.each<[string, Situation, Description, readonly Moment[]]>([
    ['an entry that was read as written', 'side-by-side', store, [...sideBySide, [get('a'), gave(1)]]],
    ['the first reads', 'first-calls-together', store, together(gave(1), gave(1))],
    [
      'two that create',
      'created-together',
      store,
      [begins('one', put('a', 1)), begins('two', put('a', 2)), ends('one', ok), ends('two', ok)],
    ],
    ['a read of an open vault', 'used-after-opening', sealed, [kill, [unlock(), ok], [get('a'), fail('not-found')]]],
  ])('%s', (_, situation, description, moments) => {
    const told = toldLast(description, ...moments)
    expect(told).toContain(situation)
    if (situation !== 'used-after-opening') expect(told.length).toBeGreaterThan(1)
  })
})

describe('nothing is set apart', () => {
  const told = (description: Description, ...moments: readonly Moment[]) => toldLast(description, ...moments)
  it('where a write of the same entry explains what a read sees', () => {
    const moments = [begins('w', put('a', 1)), begins('b', put('b', 2)), ends('b', ok), begins('r', get('a'))]
    expect(told(store, ...moments, ends('r', mixture))).not.toContain('side-by-side')
  })
  it('where the vault was closed in between, or the keyring', () => {
    const opened: readonly Moment[] = [kill, [unlock(), ok]]
    const denied: Moment = [get('a'), fail('vault-locked')]
    expect(told(sealed, ...opened, [{ op: 'lock' }, ok], denied)).not.toContain('used-after-opening')
    expect(told(sealed, ...opened, lock, denied)).not.toContain('used-after-opening')
  })
  it('where an opening may fail: for a wrong PIN, or beside one', () => {
    const beside = [begins('one', unlock(7)), begins('two', unlock()), ends('one', fail('wrong-pin'))]
    expect(told(sealed, kill, ...beside, ends('two', fail('locked-out-permanent')))).toEqual([])
    expect(
      told(sealed, kill, lock, [unlock(), fail('store-locked')], unlocked, [unlock(7), fail('wrong-pin')]),
    ).toEqual(['wrong-pin'])
  })
  it('of the first calls, once one has ended', () => {
    const moments: readonly Moment[] = [[put('a', 1), ok], kill, [get('a'), gave(1)], begins('one', get('b'))]
    const late = [...moments, begins('two', get('a')), ends('two', fail('internal'))]
    expect(told(store, ...late)).not.toContain('first-calls-together')
  })
  it('of a start that failed, once the process has worked', () => {
    const moments: readonly Moment[] = [[put('a', 1), ok], lock, [get('a'), fail('store-locked')], unlocked]
    // That the keyring is back is another matter.
    expect(told(store, ...moments, [get('a'), fail('store-locked')])).toEqual(['call-after-keyring-return'])
  })
})
