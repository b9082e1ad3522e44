import { expect, test } from 'vitest'
import type { Comparison, Difference } from '../harness/contract/difference.ts'
import type { Outcome } from '../harness/contract/history.ts'
import type { Program } from '../harness/contract/program.ts'
import { compared } from './compared.ts'

const value = { canary: 1, size: 16, kind: 'text' } as const
const program: Program = {
  commands: [
    { do: 'call', op: { op: 'put', name: 'a', value } },
    { do: 'control', control: { control: 'enrol', what: 'finger' } },
    { do: 'call', op: { op: 'get', name: 'a' } },
  ],
  schedule: [],
}
const steps = [0, 1, 2, 2].map((command) => ({ sentence: '', parts: false, command }))
const tell = (difference: Difference | null, prompts: Comparison['prompts'] = null) =>
  compared(program, { here: 'v@virtual-ios', there: 'v@virtual-android', difference, prompts }, steps)
const gave: Outcome = { is: 'ok', value: { is: 'canary', canary: value } }
const gone: Outcome = { is: 'fail', failure: { code: 'key-invalidated' } }

test('the same way is said to be', () => {
  expect(tell(null)).toEqual(['All 3 commands went the same way on v@virtual-ios and on v@virtual-android.'])
})
test('the step and the command at which they part, with both answers', () => {
  expect(tell({ command: 2, in: 'answer', here: gave, there: gone })).toEqual([
    'They part at step 3 (command 3 of 3): Asked to read "a".',
    'On v@virtual-ios: it gave back secret #1 (text, 16 bytes).',
    'On v@virtual-android: it failed with key-invalidated (the key is gone for good, the entry cannot be read again).',
  ])
})
test.each<[Difference, readonly string[]]>([
  [{ command: 1, in: 'fate', here: 'left-out', there: 'done' }, ['it was left out, as it has no', 'it was done']],
  [{ command: 2, in: 'answer', here: null, there: gave }, ['it never answered', 'it gave back']],
  [{ command: 2, in: 'repeats', here: 0, there: 1 }, ['it answered once.', 'it answered once and then 1 time more']],
  [{ command: 1, in: 'strike', here: true, there: false }, ['what was arranged happened', 'never happened']],
])('%j', (difference, [here, there]) => {
  const [, first, second] = tell(difference)
  expect(first).toContain(`On v@virtual-ios: ${here}`)
  expect(second).toContain('On v@virtual-android: ')
  expect(second).toContain(there)
})
test('what was left behind', () => {
  expect(tell({ command: 3, in: 'leaks', here: 0, there: 2 })).toEqual([
    'All 3 commands went the same way; what was left behind differs.',
    'On v@virtual-ios: no secret was found where none may be.',
    'On v@virtual-android: 2 secrets found where none may be.',
  ])
})
test('prompts are told beside, unless they come after the parting', () => {
  const prompts = { command: 0, here: 0, there: 1 }
  const line =
    'At command 1 v@virtual-ios showed 0 prompts, v@virtual-android 1 prompt: platforms ask at different times.'
  expect(tell(null, prompts).at(-1)).toBe(line)
  expect(tell({ command: 1, in: 'fate', here: 'done', there: 'left-out' }, prompts).at(-1)).toBe(line)
  expect(tell({ command: 1, in: 'fate', here: 'done', there: 'left-out' }, { ...prompts, command: 2 })).toHaveLength(3)
})
