import { expect, test } from 'vitest'
import type { History } from '../contract/history.ts'
import { compare } from './compare.ts'
import { call, fail, gave, historyOf, killed, ok, put, read, type Step, stuck } from './sample-history.ts'

const between = (here: readonly Step[] | History, there: readonly Step[] | History) => {
  const [a, b] = [here, there].map((one) => ('events' in one ? one : historyOf(...one)))
  if (a === undefined || b === undefined) throw new Error('two are compared')
  return compare(['mine@host', programmed(a)], ['mine@model', programmed(b)])
}
/** Hand-written histories name no program: as many commands as they tell of. */
const programmed = (history: History): History => {
  const length = Math.max(...history.events.map(({ type, command }) => (type === 'observation' ? 0 : command))) + 1
  const commands = Array.from({ length }, () => ({ do: 'call', op: { op: 'get', name: 'a' } }) as const)
  return { ...history, program: { commands, schedule: [] } }
}
const enrol = { control: 'enrol', what: 'finger' } as const
const skipping = (history: History, command: number): History => ({
  ...history,
  events: history.events.map((event) =>
    event.type === 'control' && event.command === command ? { ...event, result: 'skipped' } : event,
  ),
})

test('the same way is no difference, whenever it went', () => {
  const one = [put(), enrol, read(gave(1))] as const
  const later = historyOf(...one)
  const shifted = { ...later, events: later.events.map((event) => ({ ...event, at: event.at + 500, boot: 3 })) }
  expect(between(one, shifted)).toEqual({ here: 'mine@host', there: 'mine@model', difference: null, prompts: null })
})

test('the first command that was answered otherwise is named', () => {
  const { difference } = between(
    [put(), enrol, read(gave(1)), read(fail('internal'))],
    [put(), enrol, read(fail('key-invalidated')), read(ok)],
  )
  expect(difference).toEqual({ command: 2, in: 'answer', here: gave(1), there: fail('key-invalidated') })
})

test('what differs by design is no difference', () => {
  const native = (code: number) =>
    ({
      is: 'fail',
      failure: { code: 'locked-out-temporary', retryAfterMs: code * 10, reason: `number ${code}` },
      native: { domain: 'd', code, type: null, message: '' },
    }) as const
  expect(between([read(native(7))], [read(native(9))]).difference).toBeNull()
  const names = (...value: readonly string[]) => call({ op: 'list' }, { is: 'ok', value })
  expect(between([names('a', 'b')], [names('b', 'a')]).difference).toBeNull()
  expect(between([read(stuck)], [read({ is: 'info', why: 'deadline' })]).difference).toBeNull()
})

test('attempts that are left, other values and other endings are differences', () => {
  const left = (remaining: number) => read({ is: 'fail', failure: { code: 'wrong-pin', remaining } })
  expect(between([left(2)], [left(1)]).difference).toMatchObject({ command: 0, in: 'answer' })
  expect(between([read(gave(1))], [read(gave(2))]).difference).toMatchObject({ in: 'answer' })
  expect(between([read(stuck)], [read(killed)]).difference).toMatchObject({ in: 'answer' })
})

test('what could be done on one alone is one, before any answer', () => {
  const steps = [put(), enrol, read(gave(1))] as const
  const { difference } = between(skipping(historyOf(...steps), 1), [...steps.slice(0, 2), read(fail('internal'))])
  expect(difference).toEqual({ command: 1, in: 'fate', here: 'left-out', there: 'done' })
})

test('a control that was armed and struck on one alone is one', () => {
  const kill = { control: 'kill-app', atEffect: 9 } as const
  const history = historyOf(kill, put())
  const armed: History = {
    ...history,
    events: history.events.map((event) => (event.type === 'control' ? { ...event, result: 'armed' } : event)),
  }
  const stamp = { seq: 9, at: 0, boot: 0, command: 0 }
  const struck: History = {
    ...armed,
    events: [...armed.events, { ...stamp, type: 'control', control: kill, result: 'done' }],
  }
  expect(between(armed, armed).difference).toBeNull()
  expect(between(struck, armed).difference).toEqual({ command: 0, in: 'strike', here: true, there: false })
})

test('a second answer is one', () => {
  const history = historyOf(read(gave(1)))
  const again = history.events.map((event) => (event.type === 'return' ? { ...event, again: true } : event))
  const twice = { ...history, events: [...history.events, ...again.filter(({ type }) => type === 'return')] }
  expect(between(twice, history).difference).toEqual({ command: 0, in: 'repeats', here: 1, there: 0 })
})

test('prompts alone make none, and are told beside', () => {
  const asks = put(ok, 'current-set', 'shown', 'matched')
  expect(between([asks, read(gave(1))], [put(), read(gave(1))])).toMatchObject({
    difference: null,
    prompts: { command: 0, here: 1, there: 0 },
  })
})

test('a secret that lies about on one alone is one, after the last command', () => {
  const leak = { probe: 'leak', in: 'output', where: 'log', encoding: 'hex', canary: 1 } as const
  expect(between([put(), leak], [put()]).difference).toMatchObject({ in: 'leaks', here: 1, there: 0 })
  expect(between([put(), leak], [put(), { ...leak, where: 'standard error' }]).difference).toBeNull()
})
