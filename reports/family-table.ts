import { number } from './count.ts'
import { family } from './family.ts'
import { fidelityMeaning } from './fidelity-meaning.ts'
import { nothingOf } from './held-line.ts'
import type { Paint, Style } from './paint.ts'
import { oneLine } from './printable.ts'
import type { Judged, TargetTally } from './tally.ts'
import { pad, width, wrap } from './wrap.ts'

interface Column {
  readonly title: readonly [string, string]
  readonly count: (judged: readonly Judged[]) => number
  readonly style: Style
  /** Shown even where it is zero everywhere. */
  readonly always: boolean
}

const times =
  (is: Judged['verdict']['is']) =>
  (judged: readonly Judged[]): number =>
    judged.filter(({ verdict }) => verdict.is === is).length
const column = (first: string, second: string, is: Judged['verdict']['is'], style: Style, always: boolean): Column => ({
  title: [first, second],
  count: times(is),
  style,
  always,
})

const allColumns: readonly Column[] = [
  column('', 'pass', 'pass', 'green', true),
  column('', 'fail', 'fail', 'red', true),
  column('known', 'fail', 'expected-fail', 'yellow', false),
  column('unexpected', 'pass', 'unexpected-pass', 'red', false),
  column('not', 'testable', 'not-testable', 'yellow', true),
  column('not', 'applicable', 'not-applicable', 'dim', true),
  column('harness', 'error', 'harness-error', 'red', false),
  {
    title: ['situations', 'met'],
    count: (judged) => judged.reduce((sum, { effort }) => sum + effort.situations, 0),
    style: 'dim',
    always: true,
  },
]

/** The table of a run: a line for each family of requirements that says something of a target, with how much was seen. */
export function familyTable(targets: readonly TargetTally[], paint: Paint, columns: number): readonly string[] {
  const everything = targets.flatMap(counted)
  const shown = allColumns.filter(({ always, count }) => always || count(everything) > 0)
  const grouped = targets.map((target) => byFamily(counted(target)))
  const cells = (judged: readonly Judged[]): readonly string[] => shown.map(({ count }) => number(count(judged)))
  const widths = shown.map(({ title }, index) =>
    Math.max(...title.map(width), ...targets.map(({ judged }) => width(cells(judged)[index] ?? ''))),
  )
  const letters = [...new Set(everything.map(({ requirement }) => family(requirement).letters))]
  const long = letters.map((id) => `  ${id} ${family(id).name}`.trimEnd())
  // Family names give way first, then the gaps, so that the table stays within the terminal.
  const cellsWidth = widths.reduce((sum, each) => sum + each, 0)
  const fits = (start: readonly string[], gap: number): boolean =>
    Math.max(width('  family'), ...start.map(width)) + cellsWidth + gap * widths.length <= columns
  const short = letters.map((id) => `  ${id}`)
  const labels = new Map((fits(long, 2) ? long : short).map((label, index) => [letters[index], label]))
  const gap = ' '.repeat(fits([...labels.values()], 2) ? 2 : 1)
  const first = Math.max(width('  family'), ...[...labels.values()].map(width))
  const line = (start: string, rest: readonly string[]): string =>
    [pad(start, first), ...rest.map((cell, index) => pad(cell, widths[index] ?? 0, 'right'))].join(gap)

  const lines = [
    paint(
      'dim',
      line(
        '',
        shown.map(({ title }) => title[0]),
      ),
    ),
    paint(
      'dim',
      line(
        '  family',
        shown.map(({ title }) => title[1]),
      ),
    ),
  ]
  for (const [index, of] of targets.entries()) {
    const { target, environment, description } = of
    lines.push('', paint('bold', target))
    const fidelity = environment?.fidelity
    const meaning = fidelity === undefined ? 'fidelity unknown' : `${fidelity}: ${fidelityMeaning[fidelity]}`
    lines.push(...wrap(meaning, columns, '  ').map((text) => paint('dim', text)))
    // What a PIN's key costs on this device, where that is less than in an app.
    const cost = description?.profiles.includes('pin') === true ? environment?.software.kdf : undefined
    if (cost !== undefined)
      lines.push(...wrap(`key derivation: ${oneLine(cost)}`, columns, '  ').map((text) => paint('dim', text)))
    const added = description?.derived ?? []
    if (added.length > 0) lines.push(...wrap(`the adapter adds: ${added.map(oneLine).join(', ')}`, columns, '  '))
    const rows: readonly (readonly [string, readonly Judged[]])[] = [...(grouped[index] ?? [])]
    // A family that says nothing of this vault is counted below, and has no line of its own.
    for (const [id, members] of rows) if (applies(members)) lines.push(row(labels.get(id) ?? id, members))
    if (rows.length > 1) lines.push(row('  all', counted(of)))
    if (rows.length === 0) lines.push(`  ${nothingOf(of)}`)
  }
  return lines

  function row(start: string, judged: readonly Judged[]): string {
    const painted = shown.map(({ count, style }, index) => {
      const value = count(judged)
      const cell = pad(value === 0 ? '·' : number(value), widths[index] ?? 0, 'right')
      return paint(value === 0 ? 'dim' : style, cell)
    })
    return [pad(start, first), ...painted].join(gap)
  }
}

/** What is later than the set of the run has its own line beside the table. */
const counted = ({ judged }: TargetTally): readonly Judged[] => judged.filter(({ scored }) => scored)
const applies = (judged: readonly Judged[]): boolean => judged.some(({ verdict }) => verdict.is !== 'not-applicable')

/** Requirements by family, in the order in which they come. */
export function byFamily(judged: readonly Judged[]): ReadonlyMap<string, readonly Judged[]> {
  const families = new Map<string, Judged[]>()
  for (const one of judged) {
    const { letters } = family(one.requirement)
    families.set(letters, [...(families.get(letters) ?? []), one])
  }
  return families
}
