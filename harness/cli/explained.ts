import { count } from '../../reports/count.ts'
import { family } from '../../reports/family.ts'
import type { Paint } from '../../reports/paint.ts'
import { stake } from '../../reports/stake.ts'
import { wrap } from '../../reports/wrap.ts'
import type { ExclusionRow, Named, RequirementRow } from './engine.ts'

type Told = RequirementRow | ExclusionRow
const isExcluded = (row: Told): row is ExclusionRow => 'excluded' in row

const listed = (of: readonly Named[]): readonly string[] => of.map(({ name, meaning }) => `${name}: ${meaning}`)

/** One row, whole. */
export function explained(row: Told, paint: Paint, columns: number): readonly string[] {
  const { name, note } = family(row.id)
  const part = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ['', paint('dim', title), ...lines.flatMap((line) => wrap(line, columns, '  '))]
  return [
    `${paint('bold', row.id)}  ${[row.level, whoFor(row), name === '' ? '' : `about ${name}`].filter((one) => one !== '').join(', ')}`,
    ...part('what must hold', [row.clause]),
    ...part('why it matters', [`${row.why} ${stake(row.threat)} (${row.threat})`]),
    ...part('what to do', [row.advice]),
    ...(isExcluded(row) ? part('why no check decides it yet', [row.excluded]) : decided(row)),
    ...part('weaknesses', listed(row.weaknesses)),
    ...part('seen in the wild', [row.sources.join(', ')]),
  ]

  function decided({ judges, twins, needs, proofs, scored }: RequirementRow): readonly string[] {
    return [
      ...part('when it is judged', listed(judges)),
      ...part('beside which it must have worked', listed(twins)),
      ...part('what its environment must be proven to do', listed(needs)),
      ...part('how it is judged here', note === null ? [] : [note]),
      ...part('whether it counts', scored ? [] : ['It is later than the current set: told, and not scored.']),
      ...part(
        'known-bad vaults that its check catches',
        proofs.map(({ file, change }) => `${file}: ${change}`),
      ),
    ]
  }
}

function whoFor({ profiles, platforms }: Told): string {
  const of =
    profiles.length === 0 ? '' : `of the ${profiles.length === 1 ? 'profile' : 'profiles'} ${profiles.join(', ')}`
  const on = platforms.length === 0 ? '' : `on ${platforms.join(', ')}`
  return [of, on].filter((one) => one !== '').join(' ')
}

/** The rows of one family, a clause each. */
export function familyExplained(rows: readonly Told[], paint: Paint, columns: number): readonly string[] {
  const { letters, name } = family(rows[0]?.id ?? '')
  return [
    `${paint('bold', letters)}  ${name}: ${countsOf(rows)}`,
    '',
    ...rows.flatMap((row) => {
      const [first = '', ...rest] = wrap(row.clause, columns, `${row.id}  ${row.level.padEnd(6)}  `)
      const lines = [first.replace(row.id, paint('bold', row.id)), ...rest]
      return isExcluded(row) ? [...lines, paint('dim', `${' '.repeat(row.id.length + 10)}excluded`)] : lines
    }),
    '',
    'holdfast explain ID says more of one.',
  ]
}

/** All families with what they hold. */
export function allExplained(rows: readonly Told[], paint: Paint): readonly string[] {
  const letters = [...new Set(rows.map((row) => family(row.id).letters))]
  const longest = Math.max(...letters.map((one) => one.length))
  const width = Math.max(...letters.map((one) => family(one).name.length))
  return [
    ...letters.map((one) => {
      const mine = rows.filter((row) => family(row.id).letters === one)
      return `${paint('bold', one)}${' '.repeat(longest - one.length)}  ${family(one).name.padEnd(width)}  ${countsOf(mine)}`
    }),
    '',
    `${countsOf(rows)}. holdfast explain FAMILY lists one, holdfast explain ID says more of a requirement.`,
  ]
}

/** `13 requirements: 12 checks, 1 excluded`. */
function countsOf(rows: readonly Told[]): string {
  const excluded = rows.filter(isExcluded).length
  const checks = rows.length - excluded
  const how = [...(checks > 0 ? [count(checks, 'check')] : []), ...(excluded > 0 ? [`${excluded} excluded`] : [])]
  return `${count(rows.length, 'requirement')}: ${how.join(', ')}`
}
