import { expect, test } from 'vitest'
import { requirements } from '../harness/requirements/index.ts'
import { scored } from '../harness/requirements/set.ts'
import config from '../holdfast.config.ts'
import { blocksOf, readPage } from './pages.ts'
import { runCommand } from './run-command.ts'

/*
 * The README's picture is copied from a run of `npm start`, by `node docs/update.ts picture`. Its numbers differ from
 * run to run where real daemons are at work; what does not is compared here.
 */
const renew = 'run `npm start`, then `node docs/update.ts picture`'
const picture = (blocksOf(readPage('README.md')).find(({ info }) => info === 'text')?.text ?? '').split('\n')
const targets = Object.entries(config.vaults).flatMap(([name, lanes]) =>
  [lanes].flat().map(({ device, profile }) => ({ target: `${name}@${device}`, profile })),
)
/** The lines of one target's table. */
const sectionOf = (lines: readonly string[], target: string): readonly string[] => {
  const start = lines.indexOf(target)
  const length = lines.slice(start).indexOf('')
  return start === -1 ? [] : lines.slice(start, start + length)
}
const rowsOf = (section: readonly string[]) =>
  section.flatMap((line) => {
    const [, label = '', cells] = /^ {2}(\S.*?) {2,}([\d.,·].*)$/.exec(line) ?? []
    return cells === undefined
      ? []
      : [
          {
            label,
            cells: cells
              .trim()
              .split(/\s+/)
              .map((cell) => (cell === '·' ? 0 : Number(cell.replace(',', '')))),
          },
        ]
  })

test('it shows the targets of the main job', () => {
  expect(
    picture.filter((line) => /^\S+@\S+$/.test(line)),
    renew,
  ).toEqual(targets.map(({ target }) => target))
})

test.each(targets)('each family of $target has all of its requirements', ({ target, profile }) => {
  const judged = requirements.filter(
    ({ id, profiles }) => scored(id) && (profile === undefined || profiles.includes(profile)),
  )
  for (const { label, cells } of rowsOf(sectionOf(picture, target))) {
    const family = judged.filter((requirement) => label === 'all' || requirement.family === label.split(' ')[0])
    const verdicts = cells.slice(0, -1).reduce((sum, cell) => sum + cell, 0)
    expect({ label, verdicts }, renew).toEqual({ label, verdicts: family.length })
  }
})

test('it reads as a run prints it', { timeout: 60_000 }, async () => {
  const command = 'bin/holdfast.mjs run --vault reference --device model --programs 3 --out holdfast-report/picture'
  const { output } = await runCommand(['node', ...command.split(' ')])
  const printed = output.split('\n')
  const plain = (lines: readonly string[]) => [
    ...lines.filter((line) => /^ {2}F\d/.test(line)),
    // A wide table has the families' letters alone.
    ...rowsOf(lines).map(({ label }) => label.split(' ')[0]),
  ]
  expect(plain(sectionOf(picture, 'reference@model')), renew).toEqual(plain(sectionOf(printed, 'reference@model')))
  expect(picture.some((line) => /family +pass +fail/.test(line))).toBe(true)
  expect(printed.some((line) => /family +pass +fail/.test(line))).toBe(true)
})

test('nothing unexpected was seen in it', () => {
  expect(picture.filter((line) => line !== '').at(-1), renew).toMatch(/^Nothing unexpected: \d+ checks held/)
})
