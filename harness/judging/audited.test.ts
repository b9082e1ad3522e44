import { expect, it } from 'vitest'
import type { Control } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import { type EventRef, eventOf, tellEvent } from '../contract/events.ts'
import type { Outcome } from '../contract/history.ts'
import type { Operation } from '../contract/operations.ts'
import { factsOf } from './facts.ts'
import { call, fail, historyOf, killed, ok, type Step } from './sample-history.ts'
import { type Situation, situations } from './situations.ts'

const description: Description = {
  name: 'log',
  version: '1',
  profiles: ['audit'],
  operations: ['append', 'entries', 'verify', 'checkpoint'],
  values: 'bytes',
  limits: {},
  durability: 'durable',
  keyring: 'every-call',
  audit: { files: 'log' },
  restore: 'namespace',
  derived: [],
  mapping: [],
}
const ref = (event: number, shape: EventRef['shape'] = 'plain'): EventRef => ({ event, shape })
const append = (event: EventRef, outcome: Outcome = ok) => call({ op: 'append', event }, outcome)
const verify = (outcome: Outcome = ok, witnessed?: true) =>
  call(witnessed === undefined ? { op: 'verify' } : { op: 'verify', witnessed }, outcome)
const entries = (...events: readonly EventRef[]) =>
  call({ op: 'entries' }, { is: 'ok', value: events.map((event) => tellEvent(eventOf(event))) })
const checkpoint = call({ op: 'checkpoint' } satisfies Operation, { is: 'ok', value: 'text' })
const damage = (how: Extract<Control, { control: 'damage-log' }>['how']): Control => ({
  control: 'damage-log',
  how,
  at: 0,
})
const rewrite = (event: EventRef, puts: 'files' | 'machine' = 'files'): Control => ({
  control: 'rewrite-log',
  event,
  puts,
})
const corrupt = fail('corrupt')
const two = [append(ref(1)), append(ref(2))] as const

/** The situations of the audit log that occurred, each with what was wrong. */
const told = (...steps: readonly Step[]): readonly string[] => {
  const facts = factsOf(historyOf(...steps), description)
  const mine = (name: Situation) => name.startsWith('log-') || name.startsWith('verified-')
  return (Object.keys(situations) as Situation[])
    .filter(mine)
    .flatMap((name) => facts.of(name).map(({ wrong }) => (wrong === null ? name : `${name}: ${wrong.kind}`)))
}

it.each<readonly [string, readonly Step[], readonly string[]]>([
  ['an empty log', [verify()], ['log-untouched']],
  ['a log', [...two, verify()], ['log-untouched', 'log-verified']],
  ['a false alarm', [...two, verify(corrupt)], ['log-untouched: false-alarm']],
  ['its events', [...two, entries(ref(1), ref(2))], ['log-untouched']],
  ['another order', [...two, entries(ref(2), ref(1))], ['log-untouched: other-order']],
  ['one lost', [...two, entries(ref(1))], ['log-untouched: event-missing']],
  ['one twice', [...two, entries(ref(1), ref(2), ref(2))], ['log-untouched: event-too-many']],
  ['the same one appended twice', [append(ref(1)), append(ref(1)), entries(ref(1), ref(1))], ['log-untouched']],
  ['a killed append, there', [append(ref(1), killed), entries(ref(1))], ['log-untouched']],
  ['a killed append, not there', [append(ref(1), killed), entries()], ['log-untouched']],
  ['a refused append, there', [append(ref(1), fail('busy')), entries(ref(1))], ['log-untouched: event-too-many']],
  ['an edit', [...two, damage('edit'), verify()], ['verified-after-change']],
  ['an edit of too little', [append(ref(1)), damage('edit'), verify()], []],
  ['two damages', [...two, damage('move'), damage('move'), verify()], []],
  ['a cut', [...two, damage('cut-end'), verify(corrupt)], ['verified-after-cut-end']],
  [
    'a cut, gone on from',
    [...two, damage('cut-end'), append(ref(3), corrupt), verify()],
    ['verified-after-append-to-cut'],
  ],
  ['an edit, gone on from', [...two, damage('edit'), append(ref(3)), verify()], []],
  ['a removal', [append(ref(1)), damage('remove'), verify()], ['verified-after-removal']],
  ['events after a damage', [...two, damage('edit'), entries()], []],
  ['a rewrite', [...two, rewrite(ref(3)), verify()], ['verified-after-rewrite']],
  ['a rewrite by the same', [...two, rewrite(ref(2)), verify()], []],
  ['a rewrite of a killed append', [append(ref(1)), append(ref(2), killed), rewrite(ref(3)), verify()], []],
  ['a look-alike', [append(ref(1, 'split')), rewrite(ref(1, 'joined')), verify()], ['verified-after-look-alike']],
  ['no look-alike', [append(ref(1, 'split')), rewrite(ref(2, 'joined')), verify()], ['verified-after-rewrite']],
  ['another machine, by itself', [...two, rewrite(ref(3), 'machine'), verify()], ['log-untouched', 'log-verified']],
  ['its events', [...two, rewrite(ref(3), 'machine'), entries(ref(1), ref(3))], ['log-untouched']],
  ['another machine', [...two, checkpoint, rewrite(ref(3), 'machine'), verify(ok, true)], ['verified-against-witness']],
  [
    'another machine, of which the witness has not seen',
    [append(ref(1)), checkpoint, append(ref(2)), rewrite(ref(3), 'machine'), verify(ok, true)],
    ['log-untouched', 'log-verified'],
  ],
  ['an older copy of the files', [...two, { control: 'restore-files' }, verify()], []],
  ['a locked keyring', [...two, { control: 'lock-keyring' }, verify(fail('store-locked'))], []],
])('%s', (_, steps, expected) => {
  expect(told(...steps)).toEqual(expected)
})
