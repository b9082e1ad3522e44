import { expect, test } from 'vitest'
import type { Event } from '../harness/contract/history.ts'
import { causeFirst } from './cause-first.ts'

const stamp = (seq: number, command: number) => ({ seq, at: 0, boot: 0, command })
const killed = (seq: number, call: number): Event => ({
  ...stamp(seq, 2),
  type: 'return',
  call,
  outcome: { is: 'info', why: 'killed' },
  again: false,
})
const order = (...events: readonly Event[]) => causeFirst(events).map(({ seq }) => seq)

test('a kill comes before the calls that it ended', () => {
  const kill: Event = { ...stamp(2, 2), type: 'control', control: { control: 'kill-app' }, result: 'done' }
  expect(order(killed(0, 1), killed(1, 2), kill)).toEqual([2, 0, 1])
})
test('what is done to a prompt comes before how it went on, and after it was shown', () => {
  const phase = (seq: number, command: number, phase: 'shown' | 'dismissed'): Event => ({
    ...stamp(seq, command),
    type: 'prompt',
    prompt: 0,
    phase,
  })
  const cancel: Event = {
    ...stamp(3, 1),
    type: 'control',
    control: { control: 'cancel-prompt', by: 'dismissal' },
    result: 'done',
  }
  expect(order(phase(0, 1, 'shown'), phase(1, 1, 'dismissed'), cancel)).toEqual([0, 3, 1])
  // Of another command it is another matter.
  expect(order(phase(0, 0, 'shown'), phase(1, 0, 'dismissed'), cancel)).toEqual([0, 1, 3])
})
test('what is only arranged, or left out, moves nowhere', () => {
  const armed: Event = { ...stamp(1, 2), type: 'control', control: { control: 'kill-app' }, result: 'armed' }
  expect(order(killed(0, 1), armed)).toEqual([0, 1])
})
