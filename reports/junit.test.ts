import { expect, test } from 'vitest'
import type { StreamRecord } from '../harness/contract/stream.ts'
import { junit } from './junit.ts'
import { sampleRun, sampleTexts, withAside } from './sample-run.ts'

const report = (records: readonly StreamRecord[] = sampleRun): string => junit(records, sampleTexts)
const cases = (xml: string): readonly string[] => xml.match(/<testcase [^>]*?\/?>/g) ?? []
const caseOf = (xml: string, id: string): string =>
  xml.match(new RegExp(`<testcase classname="python-[^>]*name="${id}[^]*?</testcase>`))?.[0] ?? ''

test('one suite for each target, one case for each requirement, counted', () => {
  expect(report()).toContain(
    '<testsuites name="holdfast" tests="18" failures="2" errors="1" skipped="3" time="41.300">',
  )
  expect(report()).toContain('<testsuite name="reference@model" tests="9" failures="0" errors="0" skipped="0"')
  expect(cases(report())).toHaveLength(18)
})

test('names stay the same over seeds, budgets and outcomes', () => {
  const other = sampleRun
    .filter(({ type }) => type !== 'failure')
    .map((record): StreamRecord => {
      if (record.type === 'run') return { ...record, seed: 99, budget: 'full', started: '2027-01-01T00:00:00Z' }
      if (record.type === 'verdict') return { ...record, verdict: { is: 'pass' } }
      return record
    })
  const names = (xml: string): readonly string[] => cases(xml).map((one) => one.replace(/\/?>$/, ''))
  expect(names(report(other))).toEqual(names(report()))
})

test('each verdict has its element', () => {
  const xml = report()
  expect(caseOf(xml, 'PST-01')).toMatch(/<failure message="expected secret #3 [^>]*type="fail">PST-01: /)
  expect(caseOf(xml, 'PST-01')).toContain('&gt; 3. Asked to read &quot;mail&quot;')
  expect(caseOf(xml, 'PST-01')).toContain('run it again: holdfast replay h1.')
  expect(caseOf(xml, 'SS-02')).toContain('<skipped message="known failure, as the baseline expects: jaraco/keyring#545')
  expect(caseOf(xml, 'ERR-06')).toMatch(/<failure [^>]*type="unexpected-pass"/)
  expect(caseOf(xml, 'ENC-01')).toContain('<skipped message="not applicable: the vault states no limit"/>')
  expect(caseOf(xml, 'SS-04')).toContain('<skipped message="not testable here (environment): ')
  expect(caseOf(xml, 'TXN-06')).toContain('<error message="the container could not be restored"')
})

test('what is later than the set of the run is skipped, with what came of it', () => {
  expect(report()).toContain('<property name="set" value="1"/>')
  const xml = report(withAside('PST-01'))
  expect(caseOf(xml, 'PST-01')).toContain('<skipped message="later than the set of this run, so not scored: fail"/>')
  expect(xml).toContain('tests="18" failures="1" errors="1" skipped="5"')
})

test('a run that was cut, and a target that could not be judged, are errors', () => {
  expect(report(sampleRun.slice(0, -1))).toContain('<testcase classname="holdfast" name="the run came to its end">')
  const broken: StreamRecord = {
    type: 'target-error',
    target: 'reference@model',
    blame: 'adapter',
    cause: 'adapter',
    sentence: 'It did not start.',
  }
  const xml = report([...sampleRun.filter(({ type }) => type !== 'verdict'), broken])
  expect(xml).toContain(
    'name="the target can be judged">\n      <error message="It did not start." type="adapter-error"/>',
  )
  expect(xml).toContain('<skipped message="not testable here (adapter): It did not start."/>')
})

test('what a vault says cannot break the XML', () => {
  const nasty = `a<b>&"'\u0000\u001b\ud800\ufffe]]>\n\tend`
  const xml = report(
    sampleRun.map((record) =>
      record.type === 'verdict' && record.verdict.is === 'harness-error'
        ? { ...record, verdict: { is: 'harness-error', why: nasty } }
        : record,
    ),
  )
  expect(xml).toContain(
    'message="a&lt;b&gt;&amp;&quot;&apos;\ufffd\ufffd\ufffd\ufffd]]&gt;&#10;&#9;end" type="harness-error"',
  )
  expect(xml.isWellFormed()).toBe(true)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/)
})
