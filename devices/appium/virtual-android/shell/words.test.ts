import { expect, test } from 'vitest'
import { stepsOf } from './words.ts'

const always = (...pipe: string[][]) => ({ when: 'always', pipe })

test.each([
  ['getprop ro.x', [always(['getprop', 'ro.x'])]],
  [`echo 'a b' "c \\"d\\"" e\\ f`, [always(['echo', 'a b', 'c "d"', 'e f'])]],
  ["dumpsys window | grep -E 'a|b'", [always(['dumpsys', 'window'], ['grep', '-E', 'a|b'])]],
  [
    'a && b || c; d',
    [always(['a']), { when: 'succeeded', pipe: [['b']] }, { when: 'failed', pipe: [['c']] }, always(['d'])],
  ],
  ["input text ''", [always(['input', 'text', ''])]],
  ['', []],
])('%s', (line, steps) => {
  expect(stepsOf(line)).toEqual(steps)
})
