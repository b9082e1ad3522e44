import { expect, test } from 'vitest'
import type { Event, History } from '../contract/history.ts'
import { counting } from './counting.ts'

const put = { op: 'put', name: 'a', value: { canary: 1, size: 12, kind: 'text' } } as const
const touch = { control: 'touch', finger: 'wrong' } as const
const stamp = (seq: number, command: number) => ({ seq, at: 0, boot: 0, command })
const events: readonly Event[] = [
  { ...stamp(0, 0), type: 'control', control: touch, result: 'skipped' },
  { ...stamp(1, 1), type: 'invoke', call: 0, op: put },
  { ...stamp(2, 1), type: 'prompt', prompt: 0, phase: 'shown' },
  { ...stamp(3, 2), type: 'prompt', prompt: 0, phase: 'missed' },
  { ...stamp(4, 2), type: 'control', control: touch, result: 'done' },
  { ...stamp(5, 3), type: 'skipped', why: 'the vault has none' },
]
const history: History = {
  program: {
    commands: [
      { do: 'control', control: touch },
      { do: 'start', op: put },
      { do: 'control', control: touch },
      { do: 'call', op: { op: 'list' } },
    ],
    schedule: [],
  },
  events,
  ended: 'complete',
}
const met = new Map([['ordinary-write', [{}, {}]]])
const facts = { history, met, of: () => [] } as never

test('counts commands, those left out, prompts by their phases, and situations, wanted ones that never came too', () => {
  const counts = counting(['ordinary-write', 'forged-match'])
  counts.take(history, facts)
  counts.take(history, facts)
  expect(counts.counted).toEqual({
    commands: { touch: 4, 'start put': 2, 'call list': 2 },
    skipped: 4,
    leftOut: { touch: 2, 'call list': 2 },
    prompts: { shown: 2, missed: 2 },
    situations: { 'ordinary-write': 4, 'forged-match': 0 },
  })
})
