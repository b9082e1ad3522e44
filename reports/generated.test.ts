import { expect, test } from 'vitest'
import { generatedLines } from './generated.ts'
import { noPaint } from './paint.ts'
import { sampleRun } from './sample-run.ts'
import { tally } from './tally.ts'

const told = (records = sampleRun) => {
  const [target] = tally(records).targets
  return target === undefined ? [] : generatedLines(target, 100, noPaint)
}

test('tells of each scenario, each command and the ways of prompts, most often first', () => {
  expect(told().join('\n')).toBe(
    [
      '',
      'What was generated for reference@model',
      '  scenario  programs  commands  left out  prompts  situations',
      '  entries        400     4,100        12       40           3',
      '  restarts       400     4,100        12       40           3',
      '',
      '  command   times  left out',
      '  put       4,000         0',
      '  get       3,600         0',
      '  kill-app    600        24',
      '',
      '  80 prompts: matched 62, missed 18',
      '',
      '  entries: ordinary-read 4,120, marked-text 1,311, look-alike-name 204',
      '  restarts: read-after-restart 902, ordinary-read 500, read-after-power-cut 377',
    ].join('\n'),
  )
})
test('a stream of an older Holdfast, which counted less, is told as far as it goes', () => {
  const older = sampleRun.map((record) => {
    if (record.type !== 'scenario') return record
    const { leftOut, prompts, ...rest } = record
    return rest
  })
  const text = told(older).join('\n')
  expect(text).toContain('  kill-app    600         0')
  expect(text).not.toContain('prompts:')
})
test('a target without scenarios has nothing to tell', () => {
  expect(told(sampleRun.filter(({ type }) => type !== 'scenario'))).toEqual([])
})
