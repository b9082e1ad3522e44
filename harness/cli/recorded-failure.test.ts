import { expect, test } from 'vitest'
import { sampleFailure, sampleRun } from '../../reports/sample-run.ts'
import { type Choice, recordedFailure } from './recorded-failure.ts'

const choice: Choice = { requirement: 'PST-01', vault: null, device: null, program: null }
const choose = (over: Partial<Choice> = {}, records = sampleRun) =>
  recordedFailure(records, { ...choice, ...over }, 'run.ndjson')
const other = { ...sampleFailure, target: 'mine@host', seen: "'internal'" }
const both = [...sampleRun, other]

test('the only failure of a requirement is the one that is meant', () => {
  expect(choose()).toBe(sampleFailure)
  expect(choose({ vault: 'python-keyring', device: 'linux-container', program: '1' })).toBe(sampleFailure)
})
test('several are named, and chosen by vault, device or number', () => {
  expect(() => choose({}, both)).toThrow(
    [
      'PST-01 failed in 2 programs of run.ndjson: choose one with --program N.',
      "  1. python-keyring@linux-container, 3 commands: saw 'not-found' (python NoneType): the value is gone",
      "  2. mine@host, 3 commands: saw 'internal'",
    ].join('\n'),
  )
  expect(choose({ device: 'host' }, both)).toBe(other)
  expect(choose({ vault: 'mine' }, both)).toBe(other)
  expect(choose({ program: '2' }, both)).toBe(other)
  expect(() => choose({ program: '3' }, both)).toThrow(/^PST-01 failed in 2 programs of .*: there is no program 3\.\n/)
  expect(() => choose({ program: '0' }, both)).toThrow('--program needs a whole number from 1')
})
test.each([
  [{ requirement: 'ENC-01' }, 'ENC-01 did not fail in run.ndjson: what failed there is PST-01 (python-keyring@'],
  [{ device: 'model' }, 'PST-01 did not fail on the device model in run.ndjson: there it failed on python-keyring@'],
  [{ vault: 'mine' }, 'PST-01 did not fail with mine in run.ndjson: there it failed on python-keyring@'],
  [{ vault: 'mine', device: 'host' }, 'PST-01 did not fail on mine@host in run.ndjson: there'],
])('%j', (over, sentence) => {
  expect(() => choose(over)).toThrow(sentence)
})
test('a run without failures keeps no program', () => {
  const passed = sampleRun.filter(({ type }) => type !== 'failure')
  expect(() => choose({}, passed)).toThrow(
    'PST-01 did not fail in run.ndjson: no requirement did, so it keeps no program.',
  )
})
