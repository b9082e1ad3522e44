import { expect, it } from 'vitest'
import type { Caller, Capability } from '../contract/capabilities.ts'
import type { Description } from '../contract/description.ts'
import type { Operation } from '../contract/operations.ts'
import { factsOf } from './facts.ts'
import { call, fail, gave, historyOf, ok, type Step, value } from './sample-history.ts'

const description: Description = {
  name: 'any',
  version: '1',
  profiles: ['store', 'capabilities'],
  operations: ['put', 'get', 'delete', 'has', 'list', 'grant'],
  values: 'bytes',
  limits: {},
  durability: 'durable',
  keyring: 'every-call',
  restore: 'namespace',
  derived: [],
  mapping: [],
}
const page: Caller = { window: 'main', webview: 'panel', url: 'http://tauri.localhost/', platform: 'windows' }
const reads: Capability = {
  identifier: 'one',
  windows: ['main'],
  permissions: [{ identifier: 'vault:allow-get', allow: [{ name: '*' }] }],
}
const grant = (...capabilities: Capability[]) => call({ op: 'grant', capabilities }, ok)
const get = (more: Partial<Caller> = {}): Operation => ({ op: 'get', name: 'a', caller: { ...page, ...more } })
const put: Operation = { op: 'put', name: 'a', value: value(1), caller: page }
const own = call({ op: 'put', name: 'a', value: value(2) }, ok)
const denied = fail('access-denied')

/** The situations of these steps with the kind of what is wrong, as far as that is known. */
function told(steps: readonly Step[], of: Description = description) {
  const history = historyOf(...steps)
  const commands = steps.flatMap((step) => ('op' in step ? [{ do: 'call' as const, op: step.op }] : []))
  const { met } = factsOf({ ...history, program: { commands, schedule: [] } }, of)
  return [...met].flatMap(([name, list]) => list.map(({ wrong }) => (wrong === null ? name : `${name} ${wrong.kind}`)))
}

it.each<readonly [readonly string[], readonly Step[]]>([
  [['asked-without-grant'], [call(get(), denied)]],
  [['asked-without-grant'], [call(get(), gave(2))]],
  [['granted-call'], [grant(reads), own, call(get(), gave(2))]],
  [['granted-call'], [grant(reads), call(get(), fail('not-found'))]],
  [[], [grant(reads), call(get(), denied)]],
  [['asked-though-denied'], [grant(reads, { ...reads, permissions: ['vault:deny-get'] }), call(get(), denied)]],
  [['asked-from-elsewhere'], [grant(reads), call(get({ url: 'http://tauri.evil.example/' }), denied)]],
  [['asked-by-frame'], [grant(reads), call(get({ frame: true }), denied)]],
  [['asked-under-other-label'], [grant(reads), call(get({ window: 'side' }), denied)]],
  [['asked-after-removal'], [grant(reads), grant({ ...reads, windows: ['side'] }), call(get(), denied)]],
  [['asked-after-removal'], [grant(reads), grant(), call(get(), denied)]],
  // Only the files directly before count, and what was never granted was not taken away.
  [['asked-without-grant'], [grant(reads), grant(), grant(), call(get(), denied)]],
  [
    ['asked-for-other-entry'],
    [
      grant({ ...reads, permissions: [{ identifier: 'vault:allow-get', allow: [{ name: 'b' }] }] }),
      call(get(), denied),
    ],
  ],
  // A refused write that was done all the same, and one that was not.
  [
    ['granted-call', 'asked-without-grant', 'asked-without-grant refused-and-done'],
    [own, grant(reads), call(put, denied), call(get(), gave(1))],
  ],
  [
    ['asked-without-grant', 'granted-call'],
    [own, grant(reads), call(put, denied), call(get(), gave(2))],
  ],
  [
    ['asked-without-grant', 'asked-without-grant refused-and-done'],
    [own, grant(reads), call(put, denied), call({ op: 'get', name: 'a' }, gave(1))],
  ],
  // Nothing is told after something else was done, or where a grant's end is not known.
  [[], [grant(reads), { control: 'kill-app' }, call(get(), denied)]],
  [[], [call({ op: 'grant', capabilities: [reads] }, fail('internal')), call(get(), gave(1))]],
])('tells %j', (expected, steps) => {
  expect(told(steps).toSorted()).toEqual([...expected].toSorted())
})

it('says nothing of what holds before the first grant, where the vault is not made anew for each program', () => {
  const steps = [call(get(), denied)]
  expect(told(steps, { ...description, restore: 'delete' })).toEqual([])
  expect(told([grant(), ...steps], { ...description, restore: 'delete' })).toEqual(['asked-without-grant'])
})

it('leaves histories without pages to the other rules', () => {
  expect(told([own, call({ op: 'get', name: 'a' }, gave(2))])).toContain('round-trip')
})
