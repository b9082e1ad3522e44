// Longer than 300 lines: histories written by hand, told in one small language.
import { describe, expect, test } from 'vitest'
import { type Control, controlNames } from '../harness/contract/controls.ts'
import type { Event, Outcome } from '../harness/contract/history.ts'
import { type Operation, operationNames } from '../harness/contract/operations.ts'
import type { Command } from '../harness/contract/program.ts'
import type { ValueRef } from '../harness/contract/values.ts'
import { quoted } from './quoted.ts'
import { story } from './story.ts'

const value: ValueRef = { canary: 1, size: 9, kind: 'unicode' }
const put: Operation = { op: 'put', name: 'a', value }
const get: Operation = { op: 'get', name: 'a' }
const done: Outcome = { is: 'ok', value: null }

type Loose = Event extends infer E ? (E extends Event ? Omit<E, 'seq' | 'at' | 'boot'> : never) : never
const numbered = (events: readonly Loose[]): readonly Event[] =>
  events.map((event, seq) => ({ ...event, seq, at: seq, boot: 0 }) as Event)
const tell = (commands: readonly Command[], events: readonly Loose[], at = -1, schedule: readonly number[] = []) =>
  story({ commands, schedule }, numbered(events), at)
const sentences = (...told: Parameters<typeof tell>): readonly string[] =>
  tell(...told).steps.map(({ sentence }) => sentence)
const afterGet = (outcome: Outcome): string =>
  sentences(
    [{ do: 'call', op: get }],
    [
      { type: 'invoke', command: 0, call: 1, op: get },
      { type: 'return', command: 0, call: 1, outcome, again: false },
    ],
  )[0] ?? ''

describe('a story', () => {
  test('says what was done and answered, describes a secret once, and marks where it parted', () => {
    const { steps, note } = tell(
      [
        { do: 'call', op: put },
        { do: 'control', control: { control: 'kill-app' } },
        { do: 'call', op: get },
      ],
      [
        { type: 'observation', command: -1, observation: { probe: 'log-sweep', bytes: 0 } },
        { type: 'invoke', command: 0, call: 1, op: put },
        { type: 'return', command: 0, call: 1, outcome: done, again: false },
        { type: 'control', command: 1, control: { control: 'kill-app' }, result: 'done' },
        { type: 'invoke', command: 2, call: 2, op: get },
        {
          type: 'return',
          command: 2,
          call: 2,
          outcome: { is: 'ok', value: { is: 'altered', of: value, how: 'cut', size: 4 } },
          again: false,
        },
      ],
      5,
    )
    expect(steps).toEqual([
      {
        sentence:
          'Asked to store secret #1 (unicode, 9 bytes: text with umlauts and rare characters) under "a"; it answered: done.',
        parts: false,
        command: 0,
      },
      { sentence: "Killed the vault's process.", parts: false, command: 1 },
      { sentence: 'Asked to read "a"; it gave back secret #1 cut short (now of size 4).', parts: true, command: 2 },
    ])
    expect(note).toBeNull()
  })

  test('says which process of the app asked', () => {
    const [asked] = sentences(
      [{ do: 'call', op: get, by: 'other' }],
      [
        { type: 'invoke', command: 0, call: 1, op: get },
        { type: 'return', command: 0, call: 1, outcome: done, again: false },
      ],
    )
    expect(asked).toBe('In another process of the app, asked to read "a"; it answered: done.')
  })
  test('tells calls in flight, an arranged kill, a second answer and a call without one', () => {
    const kill: Control = { control: 'kill-app', atEffect: 2 }
    expect(
      sentences(
        [
          { do: 'control', control: kill },
          { do: 'start', op: put },
          { do: 'start', op: get },
        ],
        [
          { type: 'control', command: 0, control: kill, result: 'armed' },
          { type: 'invoke', command: 1, call: 1, op: put },
          { type: 'invoke', command: 2, call: 2, op: get },
          { type: 'control', command: 0, control: kill, result: 'done' },
          { type: 'return', command: 1, call: 1, outcome: { is: 'info', why: 'killed' }, again: false },
          { type: 'return', command: 1, call: 1, outcome: done, again: true },
        ],
      ),
    ).toEqual([
      "Arranged that the vault's process is killed just before its 3rd effect from here (an access to files, keyring or phone; a timer).",
      'Asked to store secret #1 (unicode, 9 bytes: text with umlauts and rare characters) under "a", and did not wait for the answer.',
      'Asked to read "a", and did not wait for the answer.',
      "The vault's process was killed, as arranged in step 1.",
      'The call of step 2: no answer came, as its process was killed; it may have taken effect or not.',
      'The call of step 2 answered: done, though it had answered before.',
      'The call of step 3 never answered.',
    ])
  })

  test('tells a call that was killed as arranged in one breath, by what came first', () => {
    const kill: Control = { control: 'kill-app', atEffect: 2 }
    const told = sentences(
      [
        { do: 'control', control: kill },
        { do: 'call', op: get },
      ],
      [
        { type: 'control', command: 0, control: kill, result: 'armed' },
        { type: 'invoke', command: 1, call: 1, op: get },
        { type: 'return', command: 1, call: 1, outcome: { is: 'info', why: 'killed' }, again: false },
        { type: 'control', command: 0, control: kill, result: 'done' },
      ],
    )
    expect(told.slice(1)).toEqual([
      'Asked to read "a"; before it answered, the vault\'s process was killed, as arranged in step 1; it may have taken effect or not.',
    ])
  })
  const prompt = (command: number, phase: 'shown' | 'missed' | 'matched' | 'exhausted'): Loose => ({
    type: 'prompt',
    command,
    prompt: 0,
    phase,
  })
  test('tells a prompt that went well in one breath with its call, and any other by its steps', () => {
    const call: Command = { do: 'call', op: get }
    const asks: readonly Loose[] = [{ type: 'invoke', command: 0, call: 1, op: get }, prompt(0, 'shown')]
    const ends: Loose = { type: 'return', command: 0, call: 1, outcome: done, again: false }
    expect(sentences([call], [...asks, prompt(0, 'matched'), ends])).toEqual([
      'Asked to read "a"; a prompt asked the person, who was recognised; it answered: done.',
    ])
    expect(sentences([call], [...asks, prompt(0, 'missed'), prompt(0, 'matched'), ends])).toHaveLength(5)
    expect(tell([call], [...asks, prompt(0, 'matched'), ends], 3).steps).toMatchObject([{ parts: true }])
  })
  test('tells what was done to a prompt with what came of it, and the doing first', () => {
    const touch: Control = { control: 'touch', finger: 'wrong' }
    expect(
      sentences(
        [
          { do: 'start', op: get },
          { do: 'control', control: touch },
        ],
        [
          { type: 'invoke', command: 0, call: 1, op: get },
          prompt(1, 'shown'),
          prompt(1, 'missed'),
          prompt(1, 'exhausted'),
          { type: 'control', command: 1, control: touch, result: 'done' },
          { type: 'return', command: 1, call: 1, outcome: { is: 'info', why: 'stuck' }, again: false },
        ],
      ),
    ).toEqual([
      'Asked to read "a", and did not wait for the answer.',
      'A prompt appeared.',
      'Touched the sensor with a finger it does not know: the person was not recognised, and the prompt stayed; the prompt ended after its misses, and the sensor was not locked.',
      'The call of step 1 hangs: nothing is left that could make it answer.',
    ])
  })

  test('says of each PIN whether it was the right one, as far as that is known', () => {
    const unlock = (pin: number): Operation => ({ op: 'unlock', pin: { pin } })
    const change: Operation = { op: 'changePin', pin: { pin: 0 }, next: { pin: 7 } }
    const asked: readonly (readonly [Operation, Outcome])[] = [
      [unlock(3), { is: 'fail', failure: { code: 'wrong-pin', remaining: 2 } }],
      [unlock(0), done],
      [change, done],
      [unlock(0), done],
      [unlock(7), done],
      [
        { ...change, pin: { pin: 7 }, next: { pin: 8 } },
        { is: 'info', why: 'killed' },
      ],
      [unlock(7), done],
    ]
    const told = sentences(
      asked.map(([op]) => ({ do: 'call', op })),
      asked.flatMap(([op, outcome], call): Loose[] => [
        { type: 'invoke', command: call, call, op },
        { type: 'return', command: call, call, outcome, again: false },
      ]),
    )
    expect(told.map((sentence) => sentence.split(';')[0])).toEqual([
      'Asked to unlock the vault, giving PIN #3, a wrong one',
      'Asked to unlock the vault, giving PIN #0, the right one',
      'Asked to change the PIN to PIN #7, giving PIN #0, the right one',
      'Asked to unlock the vault, giving PIN #0, a wrong one',
      'Asked to unlock the vault, giving PIN #7, the right one',
      'Asked to change the PIN to PIN #8, giving PIN #7, the right one',
      'Asked to unlock the vault, giving PIN #7',
    ])
  })
  test('says how a restart left the keyring, and counts files in plain words', () => {
    const controls: readonly Control[] = [
      { control: 'restart-machine' },
      { control: 'restart-machine', keyring: 'locked' },
      { control: 'restart-machine', keyring: 'absent' },
      { control: 'damage-file', how: 'remove', file: 0, at: 0 },
      { control: 'damage-file', how: 'cut', file: 3, at: 9 },
    ]
    const told = sentences(
      controls.map((control) => ({ do: 'control', control })),
      controls.map((control, command): Loose => ({ type: 'control', command, control, result: 'done' })),
    )
    expect(told).toEqual([
      'Restarted the machine in good order.',
      'Restarted the machine in good order, after which the keyring was locked.',
      'Restarted the machine in good order, after which there was no keyring service.',
      "Damaged what is stored: the 1st of the vault's files by name was removed.",
      "Damaged what is stored: the 4th of the vault's files by name, counting on from the first where there are fewer, was cut at byte 9.",
    ])
  })
  test('tells two secrets of one number apart every time', () => {
    const other: Operation = { op: 'put', name: 'a', value: { canary: 1, size: 12, kind: 'text' } }
    const back: Outcome = { is: 'ok', value: { is: 'canary', canary: value } }
    expect(
      sentences(
        [
          { do: 'call', op: put },
          { do: 'call', op: other },
          { do: 'call', op: get },
        ],
        [
          { type: 'invoke', command: 0, call: 1, op: put },
          { type: 'invoke', command: 1, call: 2, op: other },
          { type: 'invoke', command: 2, call: 3, op: get },
          { type: 'return', command: 2, call: 3, outcome: back, again: false },
        ],
      ).slice(1, 3),
    ).toEqual([
      'Asked to store secret #1 (text, 12 bytes) under "a".',
      'Asked to read "a"; it gave back secret #1 (unicode, 9 bytes).',
    ])
  })
  test('says that the order mattered only where it was not the order of asking', () => {
    expect(tell([], [], -1, [0, 1, 0]).note).toMatch(/schedule \(0 1 0\)/)
    expect(tell([], [], -1, [0, 0]).note).toBeNull()
  })

  test('tells what was left out and why', () => {
    const lock: Command = { do: 'control', control: { control: 'lock-keyring' } }
    expect(
      sentences(
        [lock, lock],
        [
          { type: 'control', command: 0, control: { control: 'lock-keyring' }, result: 'skipped' },
          { type: 'skipped', command: 1, why: 'no keyring here' },
        ],
      ),
    ).toEqual([
      'Left out, as it has no meaning here: lock the keyring.',
      'Left out: lock the keyring, because no keyring here.',
    ])
  })

  test('keeps quiet about a clean sweep unless that is where it parted', () => {
    const sweep: Loose = { type: 'observation', command: -1, observation: { probe: 'log-sweep', bytes: 90 } }
    const leak: Loose = {
      type: 'observation',
      command: -1,
      observation: { probe: 'leak', in: 'output', where: 'stderr', encoding: 'base64', canary: 1 },
    }
    expect(sentences([], [sweep, leak])).toEqual(['Found secret #1 in stderr, where none may be (written as base64).'])
    expect(tell([], [sweep], 0).steps).toEqual([
      { sentence: 'Searched 90 bytes of what the vault had written to its outputs.', parts: true, command: -1 },
    ])
  })

  test('names what the platform said, in numbers and words, on one line', () => {
    const failed = afterGet({
      is: 'fail',
      failure: { code: 'locked-out-temporary', retryAfterMs: 30_000, remaining: 1 },
      native: { domain: 'keyring', type: 'InitError', code: -7, message: 'no\nway\u001b[31m' },
    })
    expect(failed).toBe(
      'Asked to read "a"; it failed with locked-out-temporary (too many misses; works again after a wait; try again ' +
        'after 30 s; 1 attempt left); the platform\'s own error was keyring InitError -7: "no way\ufffd[31m".',
    )
  })
  test.each([
    [{ is: 'ok', value: true }, 'it answered: yes'],
    [{ is: 'ok', value: [] }, 'it named none'],
    [{ is: 'ok', value: ['a', 'b'] }, 'it named "a", "b"'],
    [{ is: 'ok', value: 'locked' }, 'it answered: locked'],
    [{ is: 'ok', value: { is: 'altered', of: null, how: 'unlike', size: 3 } }, 'something that was never stored'],
    [{ is: 'info', why: 'stuck' }, 'it hangs: nothing is left that could make it answer'],
  ] as const)('says %j in words', (outcome, words) => {
    expect(afterGet(outcome as Outcome)).toContain(words)
  })

  test('has words of its own for every operation and control', () => {
    const asked = operationNames.map((op) => {
      const event = { event: 1, shape: 'plain' } as const
      const rest = {
        event,
        capabilities: [],
        transaction: { transaction: 1, amount: 1 },
        signed: { transaction: 1, how: 'altered' },
      }
      const call = { op, name: 'a', value, next: { pin: 2 }, method: 'keyring', ...rest } as Operation
      return sentences([{ do: 'call', op: call }], [{ type: 'invoke', command: 0, call: 1, op: call }])[0]
    })
    const applied = controlNames.map((name) => {
      const control = {
        ...{ control: name, by: 1500, loses: 'all', how: 'flip', file: 0, at: 0, what: 'finger', finger: 'right' },
        ...{ profile: 'ios-18', which: 'one', old: 'proven', unlocked: true, backup: true },
        ...(name === 'damage-log' ? { how: 'edit' } : {}),
        ...{ event: { event: 1, shape: 'plain' }, puts: 'files' },
      } as Control
      return sentences([{ do: 'control', control }], [{ type: 'control', command: 0, control, result: 'done' }])[0]
    })
    expect(new Set([...asked, ...applied]).size).toBe(operationNames.length + controlNames.length)
    expect([...asked, ...applied].join(' ')).not.toMatch(/undefined|\[object/)
  })
})

test.each([
  ['mail', '"mail"'],
  ['', '""'],
  ['cafe\u0301', '"cafe\\u{301}"'],
  ['caf\u00e9', '"caf\u00e9"'],
  ['\u0430', '"\\u{430}"'],
  ['a\u200bb\u202e', '"a\\u{200b}b\\u{202e}"'],
  ['x\u0000y\n', '"x\\u0000y\\n"'],
  ['\ud800', '"\\ud800"'],
  ['n'.repeat(300), `"${'n'.repeat(19)}…" (a name of 300 characters)`],
])('the name %j is shown so that it cannot be taken for another', (name, shown) => {
  expect(quoted(name)).toBe(shown)
})
