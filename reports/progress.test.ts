import { expect, test } from 'vitest'
import type { StreamRecord } from '../harness/contract/stream.ts'
import { noPaint } from './paint.ts'
import { progress } from './progress.ts'
import { sampleRun } from './sample-run.ts'

const at = (target: string, programs: number): StreamRecord => ({
  type: 'progress',
  target,
  scenario: 'entries',
  programs,
  of: 400,
})

/** What a terminal would show, and all that was written. */
function screen(isTTY: boolean, columns = 80) {
  const written: string[] = []
  let shown: string[] = []
  const write = (text: string): void => {
    written.push(text)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the terminal's own language
    const up = text.match(/^\u001b\[(\d+)A\u001b\[0J$/)
    if (up !== null) shown = shown.slice(0, -Number(up[1]))
    else shown.push(...text.replace(/\n$/, '').split('\n'))
  }
  return { out: { isTTY, columns, write }, written, shown: () => shown }
}

test('on a terminal there is one line for each target under way, and nothing is left at the end', () => {
  let clock = 0
  const terminal = screen(true)
  const { take } = progress(terminal.out, noPaint, () => (clock += 100))
  for (const record of sampleRun) {
    if (record.type === 'run') take({ ...record, targets: ['a@model', 'b@host'] })
    if (record.type === 'target') take({ ...record, target: 'a@model' })
  }
  expect(terminal.shown()).toEqual(['░░░░░░░░░░ a@model  calibrating', '░░░░░░░░░░ b@host  waiting'])
  take(at('a@model', 200))
  expect(terminal.shown()).toEqual(['█████░░░░░ a@model  entries 200 of 400', '░░░░░░░░░░ b@host  waiting'])
  take({ type: 'target-error', target: 'b@host', blame: 'adapter', cause: 'adapter', sentence: 'It died.' })
  expect(terminal.shown()).toEqual(['b@host: It died.', '█████░░░░░ a@model  entries 200 of 400'])
  take({ type: 'end', exit: 0, sentence: 'Fine.', tookMs: 1 })
  expect(terminal.shown()).toEqual(['b@host: It died.'])
})

test('a narrow terminal cuts the line instead of breaking it', () => {
  const terminal = screen(true, 30)
  progress(terminal.out, noPaint, () => 0).take(at('a-long-name@linux-container', 4))
  expect(terminal.shown()).toEqual(['░░░░░░░░░░ a-long-name@linux…'])
})

test('redraws are bounded by the clock, not by the number of programs', () => {
  const terminal = screen(true)
  const { take } = progress(terminal.out, noPaint, () => 5)
  for (let programs = 0; programs < 1000; programs += 1) take(at('a@model', programs))
  expect(terminal.written).toHaveLength(1)
})

test('elsewhere there are few plain lines and no control characters', () => {
  const log = screen(false)
  const { take } = progress(log.out, noPaint, () => 0)
  for (const record of sampleRun) take(record)
  expect(log.written.join('')).toBe(
    [
      'reference@model: begins',
      'reference@model: entries, 400 programs',
      'reference@model: restarts, 400 programs',
      'python-keyring@linux-container: begins',
      'python-keyring@linux-container: entries, 400 programs',
      'python-keyring@linux-container: restarts, 400 programs',
      'python-keyring@linux-container: PST-01 failed',
      'python-keyring@linux-container: SS-02 failed',
      '',
    ].join('\n'),
  )
})
