import { describe, expect, test } from 'vitest'
import type { StreamRecord } from '../harness/contract/stream.ts'
import { streamRecordSchema } from '../harness/contract/stream.ts'
import { colours, paintFor } from './paint.ts'
import { sampleFailure, sampleRun, sampleTexts, withAside } from './sample-run.ts'
import { terminal } from './terminal.ts'
import { width } from './wrap.ts'

const show = (records: readonly StreamRecord[] = sampleRun, columns = 80): string =>
  terminal(records, { texts: sampleTexts, columns })
const without = (...types: readonly StreamRecord['type'][]): readonly StreamRecord[] =>
  sampleRun.filter(({ type }) => !types.includes(type))

test('the sample is a stream of the contract', () => {
  for (const record of sampleRun) expect(streamRecordSchema.parse(record)).toEqual(record)
})

describe('the report on a terminal', () => {
  test.each([60, 80, 100, 110])('stays within %i columns, but for tokens that must be copied whole', (columns) => {
    for (const line of show(sampleRun, columns).split('\n')) {
      if (!line.includes('holdfast replay')) expect(width(line), line).toBeLessThanOrEqual(Math.max(columns, 74))
    }
  })
  test('at 80 columns an ordinary table names its families', () => {
    const ordinary = sampleRun.map(
      (record): StreamRecord =>
        record.type === 'verdict' && ['unexpected-pass', 'harness-error'].includes(record.verdict.is)
          ? { ...record, verdict: { is: 'pass' } }
          : record,
    )
    expect(show(ordinary)).toMatch(/ {2}PST persistence +· +1 +· +· +· +40\n/)
    expect(show(sampleRun)).toMatch(/ {2}PST +· +1 +· +· +· +· +· +40\n/)
    expect(show(sampleRun, 100)).toMatch(/ {2}PST persistence +· +1 +· +· +· +· +· +40\n/)
  })
  test('says how far each target can be believed, and how often what occurred', () => {
    expect(show()).toContain('python-keyring@linux-container\n  F2: real platform software on virtual hardware\n')
    expect(show()).toContain('ordinary-read 4,620')
    expect(show()).toContain('  never, so untested: read-after-power-cut\n')
  })
  test('says where keys are derived at a reduced cost, of a vault that asks for a PIN', () => {
    const reduced = sampleRun.map((record): StreamRecord => {
      if (record.type === 'environment')
        return { ...record, environment: { ...record.environment, software: { kdf: 'REDUCED: one HMAC' } } }
      if (record.type !== 'target') return record
      const { description } = record
      return { ...record, description: { ...description, profiles: [...description.profiles, 'pin'] } }
    })
    expect(show(reduced)).toContain('by our own control path\n  key derivation: REDUCED: one HMAC\n')
    expect(show()).not.toContain('key derivation:')
  })
  test('a target that is judged on less than the run has lines for that alone', () => {
    const less = sampleRun
      .filter((record) => record.type !== 'verdict' || record.requirement === 'PST-01')
      .map((record): StreamRecord => (record.type === 'target' ? { ...record, requirements: ['PST-01'] } : record))
    expect(show(less)).not.toContain('the run ended before this was judged')
    expect(show(without('verdict'))).toContain('the run ended before this was judged')
  })
  test('tells a failure whole: story, expected, seen, whose fault, why, and how to see it again', () => {
    const report = show()
    for (const part of [
      'FAILED PST-01 (MUST) on python-keyring@linux-container\n',
      '    2. Killed the keyring service and started it again.\n',
      '  > 3. Asked to read "mail"; it failed with not-found',
      '  expected        secret #3 (text, 5 bytes)\n',
      "  seen            'not-found' (python NoneType): the value is gone\n",
      '  at fault        the vault\n',
      '  why it matters  The user reboots and every secret is gone. Secrets are lost.\n',
      '  what to do      Keep secrets in a store on disk.\n',
      `\n  holdfast replay ${sampleFailure.token}\n`,
    ])
      expect(report).toContain(part)
  })
  test('puts what nobody expected before what the baseline knows', () => {
    const report = show()
    const at = (text: string): number => report.indexOf(text)
    expect(at('HELD AGAINST THE BASELINE: ERR-06')).toBeGreaterThan(0)
    expect(at('FAILED PST-01')).toBeLessThan(at('FAILED, as the baseline expects: SS-02'))
    expect(at('FAILED, as the baseline expects: SS-02')).toBeGreaterThan(0)
    expect(report).toContain('  known           jaraco/keyring#545, until 2027-06-01\n')
  })
  test('names many known failures of a target in a line, and tells each with --verbose', () => {
    const verdict = { is: 'expected-fail', why: 'as published' } as const
    const known = sampleRun.map(
      (record): StreamRecord =>
        record.type === 'verdict' && record.target.startsWith('python') ? { ...record, verdict } : record,
    )
    const report = show(known)
    expect(report).toContain('9 known failures on python-keyring@linux-container, as the baseline expects\n(--verbose')
    expect(report).not.toContain('FAILED')
    const whole = terminal(known, { texts: sampleTexts, columns: 80, verbose: true })
    expect(whole).toContain('FAILED, as the baseline expects: PST-01')
  })
  test('ends with a line for each target and the sentence of the run', () => {
    expect(show()).toContain('reference@model at F0\n  store: 9 of 9 held\n')
    expect(show().replace(/\n +/g, ' ')).toContain(
      'store: 4 of 8 held, 1 not testable here, 1 failed, 1 failed as the baseline expects, 1 held against the ' +
        'baseline, 1 not judged, by a fault of the harness, 1 not applicable',
    )
    expect(show().trimEnd().endsWith('PST-01 fails on python-keyring@linux-container.')).toBe(true)
  })
  test('what is later than the set of the run is told beside the score', () => {
    const report = show(withAside('PST-01', 'LOG-01'), 100)
    expect(report).toContain('FAILED, not scored: PST-01 (MUST) on python-keyring@linux-container\n')
    expect(report).toContain('  store: 7 of 7 held\n  not scored in set 1: LOG-01 (pass), PST-01 (pass)\n')
    expect(report).toContain('  not scored in set 1: LOG-01 (pass), PST-01 (fail)\n')
    expect(report).not.toMatch(/ {2}PST/)
    expect(show()).not.toContain('not scored')
  })
  test('tells two failures of one requirement and counts the others', () => {
    const more = [1, 2, 3].map(
      (n): StreamRecord => ({ ...sampleFailure, fingerprint: `PST-01/${n}`, token: `h1.${n}` }),
    )
    const report = show([...sampleRun.slice(0, -1), ...more, ...sampleRun.slice(-1)])
    expect(report).toContain('h1.1\n')
    expect(report).not.toContain('h1.2\n')
    expect(report).toContain('2 more failures of PST-01 on python-keyring@linux-container: see run.ndjson')
  })
  test('a failure without its program is still told', () => {
    expect(show(without('failure'))).toContain('FAILED PST-01 on python-keyring@linux-container: no program was kept.')
  })
  test('with --verbose each requirement shows its effort', () => {
    const report = terminal(sampleRun, { texts: sampleTexts, columns: 100, verbose: true })
    expect(report).toContain('  PST-01    fail: 400 programs, situation met 40 times, its positive twin 40 times\n')
  })
  test('a hostile answer cannot move the cursor', () => {
    const hostile = sampleRun.map((record) =>
      record.type === 'failure' ? { ...record, seen: 'a\u001b[2Jb\u202ec', expected: 'x\ry' } : record,
    )
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there
    expect(show(hostile)).not.toMatch(/[\u001b\r\u202e]/)
  })
})

describe('nothing looked at is never a pass', () => {
  test('no verdicts: nothing was judged', () => {
    expect(show(without('verdict', 'failure', 'run', 'end'))).toContain('nothing to report')
    const report = show(
      without('verdict', 'failure').map((one) => (one.type === 'run' ? { ...one, requirements: [] } : one)),
    )
    expect(report).toContain('reference@model at F0\n  nothing was judged\n')
  })
  test('where all that was judged is later than the set of the run, that is said and told', () => {
    const report = show(
      without('failure').map((one) => (one.type === 'verdict' ? { ...one, scored: false as const } : one)),
    )
    expect(report).toContain('  no requirement of the set of this run applies\n')
    expect(report).not.toContain('nothing was judged')
  })
  test('a requirement of the run without a verdict is an error, not an absence', () => {
    const report = show(without('verdict', 'failure', 'end'))
    expect(report).toContain('store: nothing could be judged (9 not judged, by a fault of the harness)')
    expect(report).toContain('harness error: the run ended before this was judged')
    expect(report).toContain('The run was cut before its end')
  })
  test('a pass whose situation never occurred is shown as an error', () => {
    const empty = sampleRun.map((record) =>
      record.type === 'verdict' && record.verdict.is === 'pass'
        ? { ...record, effort: { ...record.effort, situations: 0 } }
        : record,
    )
    expect(show(empty)).toContain('store: nothing could be judged (9 not judged, by a fault of the harness)')
    expect(show(empty)).toContain('so nothing was')
  })
  test('a target that could not start is not testable, with the reason', () => {
    const sentence = 'No container engine answers: install docker.io.'
    const report = show([
      ...without('verdict', 'failure', 'target', 'environment', 'scenario', 'end'),
      {
        type: 'target-error',
        target: 'python-keyring@linux-container',
        blame: 'environment',
        cause: 'environment',
        sentence,
      },
    ])
    expect(report).toContain('all requirements: nothing could be judged (9 not testable here)')
    expect(report.replace(/\n +/g, ' ')).toContain(`not testable here (environment): ${sentence}`)
  })
})

test('colour only on a terminal without NO_COLOR', () => {
  expect(paintFor({ isTTY: true }, {})('red', 'x')).toBe('\u001b[31mx\u001b[39m')
  expect(paintFor({ isTTY: true }, { NO_COLOR: '1' })('red', 'x')).toBe('x')
  expect(paintFor({ isTTY: true }, { NO_COLOR: '' })('red', 'x')).not.toBe('x')
  expect(paintFor({}, {})('red', 'x')).toBe('x')
  const plain = show()
  const painted = terminal(sampleRun, { texts: sampleTexts, columns: 80, paint: colours })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
  expect(painted.replace(/\u001b\[\d+m/g, '').replace(/ +\n/g, '\n')).toBe(plain)
})
