import { describe, expect, it } from 'vitest'
import type { Control } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import type { Outcome } from '../contract/history.ts'
import type { Operation, VaultState } from '../contract/operations.ts'
import { sampleStore } from '../contract/sample-store.ts'
import { requirements } from '../requirements/index.ts'
import { check } from '../requirements/requirement.ts'
import { factsOf } from './facts.ts'
import { type Between, call, fail, gave, historyOf, ok, type Step, stuck, value } from './sample-history.ts'

const store = sampleStore
const asking: Description = { ...store, keyringPrompts: 'asks' }
const sealed: Description = {
  ...store,
  profiles: ['store', 'lifecycle'],
  operations: [...store.operations, 'setUp', 'unlock', 'lock', 'state', 'reset'],
  keyring: 'unlock',
}

const control = (name: Control['control']) => ({ control: name }) as Control
const late = (keyring: 'locked' | 'absent'): Control => ({ control: 'restart-machine', keyring })
const copies: Control = { control: 'duplicate-items', age: 'older' }
const swap = control('swap-keyring')
const kill = control('kill-app')
const lockKeyring = control('lock-keyring')
const unlockKeyring = control('unlock-keyring')
const put = (canary = 1, outcome: Outcome = ok, ...between: readonly Between[]) =>
  call({ op: 'put', name: 'a', value: value(canary) }, outcome, ...between)
const get = (outcome: Outcome, ...between: readonly Between[]) => call({ op: 'get', name: 'a' }, outcome, ...between)
const remove = (outcome: Outcome = ok) => call({ op: 'delete', name: 'a' }, outcome)
const bare = (op: 'unlock' | 'setUp' | 'state' | 'reset', outcome: Outcome = ok) => call({ op } as Operation, outcome)
const said = (state: VaultState): Outcome => ({ is: 'ok', value: state })
const locked = fail('store-locked')
const shown = ['shown', 'matched'] as const
const dismissed = ['shown', 'dismissed'] as const

/** Requirements that a history breaks, with what each says of it. */
const broken = (description: Description, ...steps: readonly Step[]): readonly string[] => {
  const facts = factsOf(historyOf(...steps), description)
  return requirements
    .filter(({ exempts }) => (exempts?.(description) ?? null) === null)
    .map((requirement) => check(requirement, facts, description))
    .flatMap((finding) => (finding.is === 'broken' ? [finding.fingerprint] : []))
}
const holds = (id: string, description: Description, ...steps: readonly Step[]): boolean => {
  const requirement = requirements.find((one) => one.id === id)
  return (
    requirement !== undefined &&
    check(requirement, factsOf(historyOf(...steps), description), description).is === 'held'
  )
}
type Case = readonly [what: string, broken: readonly string[], steps: readonly Step[]]
const told = (description: Description, cases: readonly Case[]) =>
  it.each(cases)('%s', (_, expected, steps) => {
    expect(broken(description, ...steps)).toEqual(expected)
  })

describe('a keyring that is late', () => {
  told(store, [
    ['is met again by the next call', [], [put(), late('locked'), get(locked), unlockKeyring, get(gave(1))]],
    [
      'is remembered as locked',
      ['BOOT-04/get-store-locked'],
      [put(), late('locked'), get(locked), unlockKeyring, get(locked)],
    ],
    [
      'is remembered as absent, also by writes and hanging calls',
      ['BOOT-04/put-unavailable'],
      [late('absent'), get(fail('unavailable')), control('start-keyring'), put(1, fail('unavailable')), get(stuck)],
    ],
    [
      'is not to blame once the vault was started after it',
      ['PST-01/refused'],
      [put(), late('locked'), get(locked), unlockKeyring, kill, get(locked)],
    ],
    [
      'is not to blame for what is gone',
      ['PST-01/missing'],
      [put(), late('locked'), get(locked), unlockKeyring, get(fail('not-found'))],
    ],
  ])
  it('holds where it was asked in vain, and then served', () => {
    expect(holds('BOOT-04', store, put(), late('locked'), get(locked), unlockKeyring, get(gave(1)))).toBe(true)
    expect(holds('BOOT-04', store, put(), late('locked'), unlockKeyring, get(gave(1)))).toBe(false)
    expect(holds('BOOT-04', store, put(), kill, lockKeyring, get(locked), unlockKeyring, get(gave(1)))).toBe(false)
  })
})

describe('a keyring that comes back', () => {
  told(store, [
    ['is used again', [], [put(), control('restart-keyring'), get(gave(1))]],
    [
      'is talked to in its old session',
      ['SS-06/get-internal'],
      [put(), control('restart-keyring'), get(fail('internal'))],
    ],
    ['is taken for locked', ['SS-06/put-store-locked'], [lockKeyring, get(locked), unlockKeyring, put(1, locked)]],
    ['has lost what it held', ['PST-01/missing'], [put(), control('restart-keyring'), get(fail('not-found'))]],
    [
      'is no excuse once it was used again',
      ['PST-06/refused-internal'],
      [control('restart-keyring'), put(), get(gave(1)), put(2, fail('internal'))],
    ],
  ])
  it('holds where it is used again', () => {
    expect(holds('SS-06', store, put(), control('restart-keyring'), get(gave(1)))).toBe(true)
    expect(holds('SS-06', store, put(), get(gave(1)))).toBe(false)
  })
})

describe('a prompt that unlocks the keyring', () => {
  told(asking, [
    ['is answered, and the call served', [], [put(), lockKeyring, get(gave(1), ...shown), put(2), get(gave(2))]],
    ['never comes', ['SS-01/unasked-put-store-locked'], [put(), lockKeyring, put(2, locked)]],
    ['is answered in vain', ['SS-01/unlocked-get-store-locked'], [put(), lockKeyring, get(locked, ...shown)]],
    ['is left alone', [], [put(), lockKeyring, get(locked, 'shown', 'timed-out')]],
    ['is waited for without end', ['SS-02/get-stuck'], [put(), lockKeyring, get(stuck, 'shown')]],
    ['is dismissed', [], [put(), lockKeyring, get(fail('user-cancelled'), ...dismissed), get(gave(1), ...shown)]],
    [
      'is dismissed, which is told as absence',
      ['SS-03/get-not-found'],
      [put(), lockKeyring, get(fail('not-found'), ...dismissed)],
    ],
    [
      'is dismissed, which is told as absence by a look',
      ['SS-03/has-denied'],
      [put(), lockKeyring, call({ op: 'has', name: 'a' }, { is: 'ok', value: false }, ...dismissed)],
    ],
    [
      'is not shown again after a dismissal',
      ['SS-03/afterwards-get-store-locked'],
      [put(), lockKeyring, get(fail('user-cancelled'), ...dismissed), get(locked)],
    ],
    [
      'was dismissed, and the keyring unlocked otherwise',
      ['SS-03/afterwards-put-store-locked'],
      [lockKeyring, get(fail('user-cancelled'), ...dismissed), unlockKeyring, put(1, locked)],
    ],
    ['is answered, and the value is gone', ['PST-01/missing'], [put(), lockKeyring, get(fail('not-found'), ...shown)]],
  ])
  told(store, [['is not asked of a vault that never asks', [], [put(), lockKeyring, put(2, locked)]]])
  it('may be one that nobody can show: how the call ends is judged all the same', () => {
    expect(holds('SS-02', asking, put(), lockKeyring, get(locked))).toBe(true)
    expect(holds('SS-04', asking, put(), lockKeyring, get(locked))).toBe(true)
    expect(broken(asking, put(), lockKeyring, get(fail('internal')))).toContain('SS-02/get-internal')
  })
  it('holds by a prompt alone', () => {
    expect(holds('SS-01', asking, put(), lockKeyring, get(gave(1), ...shown))).toBe(true)
    expect(holds('SS-01', asking, put(), lockKeyring, get(gave(1)))).toBe(false)
    const dismissal = get(fail('user-cancelled'), ...dismissed)
    expect(holds('SS-03', asking, put(), lockKeyring, dismissal, get(gave(1), ...shown))).toBe(true)
    expect(holds('SS-03', asking, put(), get(gave(1)), lockKeyring, dismissal)).toBe(false)
  })
})

describe('copies', () => {
  const ambiguous = fail('ambiguous')
  told(store, [
    [
      'are told by the newest',
      [],
      [put(1), put(2), copies, get(gave(2)), put(3), get(gave(3)), remove(), get(fail('not-found'))],
    ],
    [
      'are refused, every time',
      [],
      [put(1), copies, get(ambiguous), put(2, ambiguous), remove(ambiguous), kill, get(ambiguous)],
    ],
    ['are told by an older one', ['SS-05/stale'], [put(1), put(2), copies, get(gave(1))]],
    ['come to light after a deletion', ['SS-05/ghost'], [put(1), copies, remove(), get(gave(1))]],
    ['stay where they are through writes', ['SS-05/stale'], [put(1), copies, put(2), put(3), get(gave(2))]],
    ['make a write fail', ['SS-05/refused-internal'], [put(1), copies, put(2, fail('internal'))]],
  ])
  told(store, [['that nobody made excuse nothing', ['PST-06/refused'], [put(1), get(ambiguous)]]])
})

describe('another keyring', () => {
  const open = bare('unlock')
  const refused = bare('unlock', fail('key-invalidated'))
  told(sealed, [
    [
      'is refused, and all is there afterwards',
      [],
      [put(), swap, refused, bare('setUp', fail('already-set-up')), swap, open, get(gave(1))],
    ],
    ['is taken for a first start', ['PST-09/not-set-up'], [put(), swap, bare('unlock', fail('not-set-up'))]],
    ['gets a vault of its own', ['PST-09/setUp-ok'], [put(), swap, bare('setUp')]],
    ['makes the state forget the vault', ['PST-09/state-not-set-up'], [put(), swap, bare('state', said('not-set-up'))]],
    ['cost the vault its files', ['PST-09/corrupt'], [put(), swap, refused, swap, bare('unlock', fail('corrupt'))]],
    ['cost an entry', ['PST-09/missing'], [put(), swap, refused, swap, open, get(fail('not-found'))]],
    [
      'after a reset it is a vault of its own',
      [],
      [put(), swap, bare('reset'), bare('setUp'), swap, bare('unlock', fail('corrupt'))],
    ],
  ])
  const lazy: Description = { ...store, keyring: 'unlock' }
  told(lazy, [
    ['is refused by a vault that has no set-up', [], [put(), swap, get(fail('key-invalidated')), swap, get(gave(1))]],
    ['is written to', ['PST-09/put-ok'], [put(), swap, put(2)]],
    ['is believed to have nothing', ['PST-09/get-not-found'], [put(), swap, get(fail('not-found'))]],
  ])
  told(store, [
    [
      'says nothing of a store that is the keyring',
      [],
      [put(), swap, get(fail('not-found')), put(2), swap, get(gave(1))],
    ],
  ])
})

describe('an entry after several starts', () => {
  told(store, [
    ['is there', [], [put(), kill, get(gave(1)), kill, get(gave(1))]],
    ['comes and goes', ['PST-13/forgotten-for-a-while'], [put(), kill, get(fail('not-found')), kill, get(gave(1))]],
    ['is gone for good', ['PST-02/missing'], [put(), kill, get(fail('not-found')), kill, get(fail('not-found'))]],
    ['comes back within one start', ['PST-02/missing'], [put(), kill, get(fail('not-found')), get(gave(1))]],
    [
      'is gone, and was written anew',
      ['PST-02/missing'],
      [put(), kill, get(fail('not-found')), put(), kill, get(gave(1))],
    ],
    [
      'comes back after more than starts',
      ['PST-02/missing'],
      [put(), kill, get(fail('not-found')), lockKeyring, unlockKeyring, kill, get(gave(1))],
    ],
  ])
  it('holds after two starts', () => {
    expect(holds('PST-13', store, put(), kill, get(gave(1)), kill, get(gave(1)))).toBe(true)
    expect(holds('PST-13', store, put(), kill, get(gave(1)))).toBe(false)
    expect(holds('PST-13', store, put(), kill, lockKeyring, unlockKeyring, kill, get(gave(1)))).toBe(false)
  })
})
