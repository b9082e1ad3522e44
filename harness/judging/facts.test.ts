// Longer than 300 lines: histories written by hand, which share one small language of events.

import { describe, expect, it } from 'vitest'
import type { Code } from '../contract/codes.ts'
import type { Control } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import type { Event, Observation, Outcome } from '../contract/history.ts'
import type { Operation } from '../contract/operations.ts'
import type { ValueKind, ValueRef } from '../contract/values.ts'
import { overLimit } from './concern.ts'
import { factsOf } from './facts.ts'
import type { Situation } from './situations.ts'

const description: Description = {
  name: 'any',
  version: '1',
  profiles: ['store', 'lifecycle', 'pin'],
  operations: ['put', 'get'],
  values: 'bytes',
  limits: { value: { max: 4096, unit: 'bytes' } },
  durability: 'durable',
  keyring: 'every-call',
  pin: { attempts: 2, digits: [4, 12] },
  restore: 'namespace',
  derived: [],
  mapping: [],
}

const value = (canary: number, kind: ValueKind = 'text', size = 12): ValueRef => ({ canary, size, kind })
const put = (name: string, ref: ValueRef): Operation => ({ op: 'put', name, value: ref })
const get = (name: string): Operation => ({ op: 'get', name })
const unlock = (pin: number): Operation => ({ op: 'unlock', pin: { pin } })
const ok: Outcome = { is: 'ok', value: null }
const gave = (ref: ValueRef): Outcome => ({ is: 'ok', value: { is: 'canary', canary: ref } })
const fail = (code: Code): Outcome => ({
  is: 'fail',
  failure: { code },
})
const killed: Outcome = { is: 'info', why: 'killed' }

type Step = readonly [Operation, Outcome] | Control
/** A history of calls that each end before the next begins. */
function history(...steps: readonly Step[]): readonly Event[] {
  const events: Event[] = []
  const stamp = (command: number) => ({ seq: events.length, at: 0, boot: 0, command })
  for (const [index, step] of steps.entries()) {
    if ('control' in step) {
      events.push({ ...stamp(index), type: 'control', control: step, result: 'done' })
      continue
    }
    const [op, outcome] = step as readonly [Operation, Outcome]
    events.push({ ...stamp(index), type: 'invoke', call: index, op })
    events.push({ ...stamp(index), type: 'return', call: index, outcome, again: false })
  }
  return events
}
const facts = (...steps: readonly Step[]) =>
  factsOf({ program: { commands: [], schedule: [] }, events: history(...steps), ended: 'complete' }, description)
/** The situation of the last call, with what was wrong in it. */
function last(...steps: readonly Step[]): readonly (readonly [Situation, string | null])[] {
  const { met } = facts(...steps)
  // Told of the first use of an open vault beside whatever else it is about.
  return [...met].flatMap(([situation, occurrences]) =>
    (situation === 'used-after-opening' ? [] : occurrences)
      .filter(({ call }) => call?.command === steps.length - 1)
      .map(({ call }) => [situation, call?.deviation ?? null] as const),
  )
}

const a = put('a', value(1))
const kill: Control = { control: 'kill-app' }

describe('a read is told under one situation', () => {
  it.each<[Situation, string | null, readonly Step[]]>([
    [
      'ordinary-read',
      null,
      [
        [a, ok],
        [get('a'), gave(value(1))],
      ],
    ],
    [
      'ordinary-read',
      'missing',
      [
        [a, ok],
        [get('a'), fail('not-found')],
      ],
    ],
    [
      'ordinary-read',
      'stale',
      [
        [a, ok],
        [put('a', value(2)), ok],
        [get('a'), gave(value(1))],
      ],
    ],
    [
      'ordinary-read',
      'refused',
      [
        [a, ok],
        [get('a'), fail('internal')],
      ],
    ],
    [
      'read-after-delete',
      'ghost',
      [
        [a, ok],
        [{ op: 'delete', name: 'a' }, ok],
        [get('a'), gave(value(1))],
      ],
    ],
    [
      'marked-text',
      'missing',
      [
        [put('a', value(1, 'newline')), ok],
        [get('a'), fail('not-found')],
      ],
    ],
    [
      'empty-value',
      'missing',
      [
        [put('a', value(1, 'empty', 0)), ok],
        [get('a'), fail('not-found')],
      ],
    ],
    [
      'nul-inside',
      'missing',
      [
        [put('a', value(1, 'nul')), ok],
        [get('a'), fail('not-found')],
      ],
    ],
    [
      'large-value',
      'missing',
      [
        [put('a', value(1, 'text', 5000)), ok],
        [get('a'), fail('not-found')],
      ],
    ],
    [
      'look-alike-name',
      'foreign',
      [
        [a, ok],
        [put('A', value(2)), ok],
        [get('a'), gave(value(2))],
      ],
    ],
    [
      'nul-inside',
      'foreign',
      [
        [a, ok],
        [put('a\0b', value(2)), ok],
        [get('a\0b'), gave(value(1))],
      ],
    ],
    ['read-after-restart', 'missing', [[a, ok], { control: 'restart-keyring' }, [get('a'), fail('not-found')]]],
    ['read-after-kill', 'missing', [[a, ok], kill, [unlock(0), ok], [get('a'), fail('not-found')]]],
    [
      'read-after-crash',
      'missing',
      [[a, ok], [put('a', value(2)), killed], kill, [unlock(0), ok], [get('a'), fail('not-found')]],
    ],
    [
      'read-after-torn-power-cut',
      'missing',
      [[a, ok], { control: 'cut-power', loses: 'contents' }, [unlock(0), ok], [get('a'), fail('not-found')]],
    ],
    [
      'read-after-power-cut',
      'missing',
      [[a, ok], { control: 'cut-power', loses: 'all' }, [unlock(0), ok], [get('a'), fail('not-found')]],
    ],
  ])('%s, %s', (situation, deviation, steps) => {
    expect(last(...steps)).toContainEqual([situation, deviation])
    expect(last(...steps).filter(([, wrong]) => wrong !== null).length).toBe(deviation === null ? 0 : 1)
  })
  it('a killed write may be old or new', () => {
    const crash = [[a, ok], [put('a', value(2)), killed], kill, [unlock(0), ok]] as const
    expect(last(...crash, [get('a'), gave(value(1))])).toContainEqual(['read-after-crash', null])
    expect(last(...crash, [get('a'), gave(value(2))])).toContainEqual(['read-after-crash', null])
  })
  it('one bug is told once, until the entry is written again', () => {
    const lost = [
      [a, ok],
      [get('a'), fail('not-found')],
    ] as const
    expect(last(...lost, [get('a'), gave(value(1))])).toEqual([])
    expect(last(...lost, [a, ok], [get('a'), fail('not-found')])).toContainEqual(['ordinary-read', 'missing'])
  })
})

describe('opening the vault', () => {
  it.each<[Situation, readonly Step[]]>([
    ['right-pin', [kill, [unlock(0), ok]]],
    ['wrong-pin', [kill, [unlock(7), fail('wrong-pin')]]],
    ['without-pin', [kill, [{ op: 'unlock', pin: null }, fail('wrong-pin')]]],
    ['without-keyring', [kill, { control: 'wipe-keyring' }, [unlock(0), fail('corrupt')]]],
    [
      'guess-over-limit',
      [kill, [unlock(7), fail('wrong-pin')], [unlock(8), fail('wrong-pin')], kill, [unlock(9), fail('wrong-pin')]],
    ],
    ['opened-after-app-update', [{ control: 'update-app' }, [unlock(0), ok]]],
    [
      'read-while-closed',
      [
        [{ op: 'lock' }, ok],
        [get('a'), fail('vault-locked')],
      ],
    ],
    [
      'state-told',
      [
        [{ op: 'lock' }, ok],
        [{ op: 'state' }, { is: 'ok', value: 'locked' }],
      ],
    ],
    ['state-told', [kill, [unlock(0), ok], [{ op: 'state' }, { is: 'ok', value: 'unlocked' }]]],
    ['used-after-reset', [[{ op: 'reset' }, ok], kill, [unlock(0), fail('not-set-up')]]],
    [
      'used-after-reset',
      [
        [{ op: 'reset' }, ok],
        [{ op: 'state' }, { is: 'ok', value: 'not-set-up' }],
      ],
    ],
    ['half-changed-pin', [[{ op: 'changePin', pin: { pin: 0 }, next: { pin: 1 } }, killed], kill, [unlock(1), ok]]],
    ['opened-after-damage', [{ control: 'damage-file', how: 'remove', file: 0, at: 0 }, [unlock(0), fail('corrupt')]]],
    [
      'opened-after-older-copy',
      [{ control: 'copy-files' }, [a, ok], { control: 'restore-files' }, [unlock(0), fail('corrupt')]],
    ],
    [
      'opened-after-repair',
      [
        { control: 'copy-files' },
        { control: 'damage-file', how: 'remove', file: 0, at: 0 },
        [unlock(0), fail('corrupt')],
        { control: 'restore-files' },
        [unlock(0), ok],
      ],
    ],
  ])('%s', (situation, steps) => {
    expect(last(...steps).map(([met]) => met)).toContain(situation)
  })
  it('after a wrong PIN an update explains nothing', () => {
    const met = last({ control: 'update-app' }, [unlock(7), fail('wrong-pin')], [unlock(0), fail('wrong-pin')])
    expect(met.map(([one]) => one)).toEqual(['right-pin'])
  })
  it('a vault that may be open says nothing of one that is closed', () => {
    const lock: Step = [{ op: 'lock' }, ok]
    const reset: Step = [{ op: 'reset' }, ok]
    const steps: readonly (readonly Step[])[] = [
      [lock, [unlock(0), ok]],
      [lock, kill],
      [[{ op: 'lock' }, killed]],
      [reset, [{ op: 'setUp' }, ok]],
      [reset, { control: 'cut-power', loses: 'all' }],
      [[{ op: 'reset' }, fail('internal')]],
    ]
    for (const some of steps) {
      const met = last(...some, [get('a'), gave(value(1))]).map(([one]) => one)
      expect(met).not.toContain('read-while-closed')
      expect(met).not.toContain('used-after-reset')
    }
  })
  it('a vault that is not set up stays so when it is locked', () => {
    const opened = last([{ op: 'reset' }, ok], [{ op: 'lock' }, ok], [unlock(0), fail('corrupt')])
    expect(opened).toEqual([['used-after-reset', null]])
  })
  it('a vault that is not set up stays so when its opening is killed', () => {
    const steps: readonly Step[] = [[{ op: 'reset' }, ok], [unlock(0), killed], kill, [{ op: 'lock' }, ok]]
    expect(last(...steps, [unlock(0), fail('corrupt')])).toEqual([])
  })
  it('a vault whose reset was killed may be no more, also when it is locked', () => {
    const steps: readonly Step[] = [[{ op: 'reset' }, killed], kill, [{ op: 'lock' }, ok]]
    expect(last(...steps, [{ op: 'state' }, { is: 'ok', value: 'not-set-up' }])).toEqual([])
  })
  it('a right PIN whose call was killed may have set the count of guesses back', () => {
    const wrong: readonly Step[] = [
      [unlock(7), fail('wrong-pin')],
      [unlock(8), fail('wrong-pin')],
    ]
    const change = (pin: number): Operation => ({ op: 'changePin', pin: { pin }, next: { pin: 0 } })
    const met = (pin: number) =>
      last(kill, ...wrong, [change(pin), killed], kill, [unlock(9), fail('wrong-pin')]).map(([situation]) => situation)
    expect(met(0)).toEqual([])
    expect(met(7)).toEqual(['guess-over-limit'])
  })
  it('a wrong PIN whose call was killed may have been counted', () => {
    const change = (pin: number): Operation => ({ op: 'changePin', pin: { pin }, next: { pin: 0 } })
    const met = (pin: number) =>
      last(kill, [unlock(7), fail('wrong-pin')], [change(pin), killed], kill, [unlock(0), ok]).map(([one]) => one)
    expect(met(0)).toEqual(['half-changed-pin'])
    expect(met(7)).toEqual([])
  })
  it('a second change that is killed leaves it open which PIN opens', () => {
    const change = (next: number): Operation => ({ op: 'changePin', pin: { pin: 0 }, next: { pin: next } })
    const met = last([change(1), killed], kill, [change(0), killed], kill, [unlock(1), fail('wrong-pin')])
    expect(met.map(([one]) => one)).toEqual(['half-changed-pin'])
  })
  it('a changed byte that nothing noticed is wrong, and one that was noticed is not', () => {
    const flip: Control = { control: 'damage-file', how: 'flip', file: 0, at: 0 }
    const unnoticed = facts([a, ok], flip, [unlock(0), ok], [get('a'), gave(value(1))]).of('changed-byte')
    expect(unnoticed.map(({ wrong }) => wrong?.kind)).toEqual(['unnoticed'])
    const noticed = facts([a, ok], flip, [unlock(0), ok], [get('a'), fail('corrupt')]).of('changed-byte')
    expect(noticed.map(({ wrong }) => wrong)).toEqual([null])
    expect(facts([a, ok], flip, [unlock(0), ok]).of('changed-byte')).toEqual([])
  })
})

describe('what was seen from outside', () => {
  const seen = (...observations: readonly Observation[]) => {
    const before = history([put('a', value(1)), ok])
    const events = observations.map(
      (observation, index): Event => ({
        seq: before.length + index,
        at: 0,
        boot: 0,
        command: 1,
        type: 'observation',
        observation,
      }),
    )
    const program = { commands: [], schedule: [] }
    return [...factsOf({ program, events: [...before, ...events], ended: 'complete' }, description).met.keys()]
  }
  const memory = { probe: 'memory', bytes: 1, sought: 1, found: [] } as const
  const found = [{ secret: 'value', canary: 1, encoding: 'hex' }] as const
  const outside: readonly (readonly [string, Observation, Situation | null])[] = [
    ['files', { probe: 'files', files: 1, open: [] }, 'file-made'],
    ['what lies in files', { probe: 'file-sweep', files: 0, bytes: 0 }, 'files-searched'],
    ['attributes', { probe: 'keyring-sweep', bytes: 3 }, 'attributes-searched'],
    ['ciphertexts', { probe: 'ciphertexts', pairs: 1, sharing: 0, repeated: 0 }, 'sealed-and-compared'],
    ['no files', { probe: 'files', files: 0, open: [] }, null],
    ['processes', { probe: 'process-sweep', bytes: 9 }, 'process-seen'],
    ['memory after lock', { ...memory, after: 'lock' }, 'memory-after-lock'],
    ['memory searched for nothing', { ...memory, after: 'lock', sought: 0 }, null],
    ['memory after a wrong PIN', { ...memory, after: 'wrong-pin' }, 'memory-after-wrong-pin'],
    ['what was held and found', { ...memory, after: 'hold', found }, 'memory-while-held'],
    ['what was held and not found', { ...memory, after: 'hold' }, null],
  ]
  it.each(outside)('%s', (_, observation, situation) => {
    const some: readonly Situation[] = [
      'file-made',
      'files-searched',
      'attributes-searched',
      'sealed-and-compared',
      'process-seen',
      'memory-after-lock',
      'memory-after-wrong-pin',
      'memory-while-held',
    ]
    expect(seen(observation).filter((met) => some.includes(met))).toEqual(situation === null ? [] : [situation])
  })
})

describe('values that are kept in a way of their own', () => {
  const lines = put('b', value(2, 'newline'))
  const large = put('a', value(1, 'text', 3000))
  const wide = put('a', value(1, 'wide', 3000))
  const altered = (of: ValueRef, how: 'cut' | 'tail' | 'mixed' | 'unlike'): Outcome => ({
    is: 'ok',
    value: { is: 'altered', of, how, size: 9 },
  })
  it.each<[Situation, string | null, readonly Step[]]>([
    [
      'encoded-text',
      'altered',
      [
        [put('a', value(1, 'hex')), ok],
        [get('a'), altered(value(1, 'hex'), 'unlike')],
      ],
    ],
    [
      'encoded-text',
      null,
      [
        [put('a', value(1, 'prefixed')), ok],
        [get('a'), gave(value(1, 'prefixed'))],
      ],
    ],
    [
      'wide-value',
      null,
      [
        [wide, ok],
        [get('a'), gave(value(1, 'wide', 3000))],
      ],
    ],
    // Short ones say nothing of the limit.
    [
      'marked-text',
      null,
      [
        [put('a', value(1, 'wide', 30)), ok],
        [get('a'), gave(value(1, 'wide', 30))],
      ],
    ],
    [
      'read-beside-line-ends',
      'missing',
      [
        [a, ok],
        [lines, ok],
        [get('a'), fail('not-found')],
      ],
    ],
    [
      'read-beside-line-ends',
      null,
      [
        [a, ok],
        [lines, ok],
        [get('a'), gave(value(1))],
      ],
    ],
    // Without having outlived a death before, the death may be what took it.
    ['read-after-kill', 'missing', [[a, ok], [lines, ok], kill, [unlock(0), ok], [get('a'), fail('not-found')]]],
    [
      'read-beside-line-ends',
      'missing',
      [
        [a, ok],
        kill,
        [unlock(0), ok],
        [get('a'), gave(value(1))],
        [lines, ok],
        kill,
        [unlock(0), ok],
        [get('a'), fail('not-found')],
      ],
    ],
    // What was outlived with the line ends there is no evidence.
    [
      'read-after-kill',
      'missing',
      [
        [lines, ok],
        [put('c', value(3)), ok],
        kill,
        [unlock(0), ok],
        [get('c'), gave(value(3))],
        [a, ok],
        [lines, ok],
        kill,
        [unlock(0), ok],
        [get('a'), fail('not-found')],
      ],
    ],
    [
      'long-value-half-written',
      'altered',
      [
        [large, ok],
        [put('a', value(2, 'text', 3000)), killed],
        kill,
        [unlock(0), ok],
        [get('a'), altered(value(1, 'text', 3000), 'mixed')],
      ],
    ],
    [
      'read-after-crash',
      'missing',
      [[large, ok], [put('a', value(2, 'text', 3000)), killed], kill, [unlock(0), ok], [get('a'), fail('not-found')]],
    ],
    [
      'read-after-crash',
      'altered',
      [[a, ok], [put('a', value(2)), killed], kill, [unlock(0), ok], [get('a'), altered(value(1), 'mixed')]],
    ],
    // A value that is gone after another was refused is told of the refused one.
    [
      'large-value',
      'missing',
      [
        [put('a', value(1, 'hex')), ok],
        [put('a', value(2, 'text', 5000)), fail('too-large')],
        [get('a'), fail('not-found')],
      ],
    ],
  ])('%s, %s', (situation, deviation, steps) => {
    expect(last(...steps)).toContainEqual([situation, deviation])
    expect(last(...steps).filter(([, wrong]) => wrong !== null).length).toBe(deviation === null ? 0 : 1)
  })
  it('a limit is counted in the unit that is declared', () => {
    const inUnits = { ...description, limits: { value: { max: 1000, unit: 'utf16' as const } } }
    const met = (ref: ValueRef) => {
      const events = history([put('a', ref), ok])
      return [...factsOf({ program: { commands: [], schedule: [] }, events, ended: 'complete' }, inUnits).met.keys()]
    }
    expect(met(value(1, 'wide', 2500))).toContain('wide-value')
    expect(overLimit(value(1, 'wide', 2500), inUnits)).toBe(0)
    expect(overLimit(value(1, 'wide', 2510), inUnits)).toBe(4)
    expect(overLimit(value(1, 'text', 1001), inUnits)).toBe(1)
    expect(overLimit(value(1, 'wide', 2500), { ...inUnits, limits: {} })).toBe(null)
    expect(met(value(1, 'wide', 1000))).toContain('marked-text')
  })
  const names = (...listed: readonly string[]): Step => [{ op: 'list' }, { is: 'ok', value: listed }]
  it('a name that nobody stored is wrong after a long value, and so it is said of that alone', () => {
    const wrong = (...steps: readonly Step[]) =>
      facts(...steps)
        .of('listed-after-large')
        .map(({ wrong: told }) => told?.kind)
    expect(wrong([large, ok], names('a'))).toEqual([undefined])
    expect(wrong([large, ok], names('a', 'rest'))).toEqual(['spilt'])
    expect(wrong([a, ok], names('a', 'rest'))).toEqual([])
    // One that looks like a name of ours is told as such.
    expect(wrong([large, ok], names('a', 'A'))).toEqual([undefined])
  })
})

describe('what is given while there is no keyring', () => {
  const stop: Control = { control: 'stop-keyring' }
  const found = { probe: 'leak', in: 'file', where: 'x', encoding: 'utf-8', canary: 1 } as const
  const desktop = { ...description, profiles: ['store' as const] }
  const met = (steps: readonly Step[], ...observations: readonly Observation[]) => {
    const events = [...history(...steps)]
    for (const observation of observations)
      events.push({ seq: events.length, at: 0, boot: 0, command: steps.length, type: 'observation', observation })
    const told = factsOf({ program: { commands: [], schedule: [] }, events, ended: 'complete' }, desktop)
    return (situation: Situation) => told.of(situation)
  }
  const unavailable: Outcome = { is: 'fail', failure: { code: 'unavailable' } }
  it('a read by a process that never saw one', () => {
    expect(met([[a, ok], stop, [get('a'), gave(value(1))]])('read-without-keyring')).toEqual([])
    expect(met([[a, ok], stop, kill, [get('a'), gave(value(1))]])('read-without-keyring')).toHaveLength(1)
    expect(met([[a, ok], kill, stop, [get('a'), unavailable]])('read-without-keyring')).toEqual([])
    const back: Control = { control: 'start-keyring' }
    expect(met([[a, ok], stop, kill, back, stop, [get('a'), unavailable]])('read-without-keyring')).toEqual([])
  })
  it('a secret in a file is told of the fallback where it was never given with a keyring', () => {
    const bare = met([stop, [a, ok]], found)
    expect([bare('write-without-store').length, bare('files-searched').length]).toEqual([2, 0])
    const both = met([[a, ok], stop, [put('b', value(1)), ok]], found)
    expect(both('files-searched')).toHaveLength(1)
  })
  it('a PIN is never given to the keyring', () => {
    expect(met([stop, [a, ok]], { ...found, secret: 'pin' })('files-searched')).toHaveLength(1)
  })
})
