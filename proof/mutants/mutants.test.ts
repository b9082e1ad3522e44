import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPage } from '../../docs/pages.ts'
import { digestOf, instrument, type Mutant } from './instrumented.ts'
import { findingsOf, type Judged, reasonHead, rowBegins, sectionOn } from './page.ts'
import { changeOf, fits, reasonOf } from './reason.ts'
import { reasons } from './reasons.ts'
import { subjects } from './subjects.ts'

const page = () => readPage('docs/mutants.md')
const again = 'run: npm run mutants'

describe.each(subjects.map((subject) => [subject.name, subject] as const))('%s', (name, subject) => {
  it('docs/mutants.md is of its files as they are now, and of as many mutants', { timeout: 60_000 }, async () => {
    const { mutants } = await instrument(subject)
    const section = (sectionOn(page(), name) ?? '').split('\n')
    const begins = subject.files.map((file) =>
      rowBegins(file, mutants.filter((mutant) => mutant.file === file).length, digestOf(file)),
    )
    expect(
      begins.filter((begin) => !section.some((line) => line.startsWith(begin))),
      again,
    ).toEqual([])
  })
})

it('docs/mutants.md has every reason, and no other', () => {
  const heads = page()
    .split('\n')
    .filter((line) => line.startsWith('### '))
  expect([...new Set(heads)].sort(), again).toEqual([...new Set(reasons.map(({ why }) => reasonHead(why)))].sort())
})

const [store] = subjects
if (store === undefined) throw new Error('there are subjects')
const mutantOf = async (change: string): Promise<Mutant> => {
  const { mutants } = await instrument(store)
  const mutant = mutants.find((one) => changeOf(one) === change)
  if (mutant === undefined) throw new Error(`there is no mutant ${change}`)
  return mutant
}

it('a mutant is failed by a check, lives, or is met by no program', { timeout: 120_000 }, async () => {
  // In a process of its own: a test runner loads modules by itself.
  const main = join(import.meta.dirname, 'main.ts')
  const { stdout } = await new Promise<{ stdout: string }>((resolve) => {
    const args = [main, '--only', 'sound store', '--programs', '2']
    execFile(process.execPath, args, { maxBuffer: 2 ** 24 }, (_, out) => resolve({ stdout: out }))
  })
  const counts = /sound-parts\.ts\) \| \w+ \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|/
    .exec(stdout)
    ?.slice(1)
    .map(Number)
  const [all = 0, failed = 0, silenced = 0, broke = 0, lives = 0, unmet = 0] = counts ?? []
  expect(failed + silenced + broke + lives + unmet).toBe(all)
  expect(Math.min(failed, lives, unmet)).toBeGreaterThan(0)
})

it('who lives without a reason is a finding, and a reason that nobody needs', async () => {
  const without: Mutant = { ...(await mutantOf('kept === null => false')), file: 'fixtures/sound/other.ts', line: 7 }
  expect(reasonOf(without)).toBe(null)
  const lives = (mutant: Mutant): Judged => ({ mutant, verdict: { is: 'survived' } })
  const told = 'fixtures/sound/other.ts:7 ConditionalExpression lives: kept === null => false'
  expect(findingsOf([lives(without)], false)).toEqual([told])
  expect(findingsOf([lives(without)], true)).toHaveLength(1 + reasons.length)
  const failed: Judged = { mutant: without, verdict: { is: 'failed', by: 'ENC-04' } }
  expect(findingsOf([failed], false)).toEqual([])
})

it('a reason fits by file, change and line', async () => {
  const mutant = await mutantOf('kept === null => false')
  const reason = { file: /sound-parts/, change: /^kept === null => false$/, why: '' }
  expect(fits(reason, mutant)).toBe(true)
  expect(fits({ ...reason, file: /sound\/store/ }, mutant)).toBe(false)
  expect(fits({ ...reason, change: /^kept === null => true$/ }, mutant)).toBe(false)
  expect(fits({ ...reason, on: /absent:/ }, mutant)).toBe(true)
  expect(fits({ ...reason, on: /codec:/ }, mutant)).toBe(false)
})
