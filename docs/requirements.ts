import type { ExclusionRow, Named, RequirementRow } from '../harness/cli/engine.ts'
import { exclusionRow, requirementRow } from '../harness/cli/row-texts.ts'
import { exclusions } from '../harness/requirements/exclusions.ts'
import { requirements } from '../harness/requirements/index.ts'
import { currentSet } from '../harness/requirements/set.ts'
import { count } from '../reports/count.ts'
import { family } from '../reports/family.ts'
import { stake } from '../reports/stake.ts'
import { sourceLink, weaknessLink } from './source-link.ts'

type Told = RequirementRow | ExclusionRow
const isExcluded = (row: Told): row is ExclusionRow => 'excluded' in row
const all: readonly Told[] = [...requirements.map(requirementRow), ...exclusions.map(exclusionRow)].toSorted((a, b) =>
  a.id < b.id ? -1 : 1,
)
const letters = [...new Set(all.map((row) => row.family))]

/** The pages of docs/requirements/ by the name of their file: an index, and one for each family. */
export function requirementPages(): ReadonlyMap<string, string> {
  return new Map([['README.md', index()], ...letters.map((one) => [`${one.toLowerCase()}.md`, page(one)] as const)])
}

const cell = (text: string): string => text.replaceAll('|', '\\|')
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n')
const link = (text: string, to: string | null): string => (to === null ? text : `[${text}](${to})`)
const checksOf = (rows: readonly Told[]): readonly RequirementRow[] =>
  rows.flatMap((row) => (isExcluded(row) ? [] : [row]))
const excludedOf = (rows: readonly Told[]): readonly ExclusionRow[] => rows.filter(isExcluded)

function index(): string {
  const rowOf = (name: string, about: string, rows: readonly Told[]) => [
    name,
    about,
    String(rows.length),
    String(checksOf(rows).length || '·'),
    String(excludedOf(rows).length || '·'),
    String(checksOf(rows).reduce((sum, { proofs }) => sum + proofs.length, 0) || '·'),
  ]
  const later = checksOf(all).filter(({ scored }) => !scored)
  const asideWords = later.map(({ id, family: of }) => link(id, `${of.toLowerCase()}.md#${id.toLowerCase()}`))
  return `${[
    '# The requirements',
    'What Holdfast holds a vault to. Each is one sentence that a program can break, with what a user would meet, what to do ' +
      'about it, where it was seen, and either a check or the reason why there is none. `npx holdfast explain` tells the same.',
    `**${count(all.length, 'requirement')}: ${checksOf(all).length} decided by checks here, ${excludedOf(all).length} ` +
      `excluded, each with its reason.** Set ${currentSet.set} has ${Object.keys(currentSet.rows).length} of them` +
      `${later.length === 0 ? '' : `; later, and not scored by it: ${asideWords.join(', ')}`}.`,
    table(
      ['family', 'about', 'requirements', 'checks', 'excluded', 'known-bad vaults'],
      [
        ...letters.map((one) =>
          rowOf(
            link(one, `${one.toLowerCase()}.md`),
            family(`${one}-01`).name,
            all.filter((row) => row.family === one),
          ),
        ),
        rowOf('**all**', '', all),
      ],
    ),
    '## What is at stake',
    table(
      ['threat', 'what it means', 'requirements', 'checks'],
      [...new Set(all.map(({ threat }) => threat))].toSorted().map((threat) => {
        const rows = all.filter((row) => row.threat === threat)
        return [threat, stake(threat), String(rows.length), String(checksOf(rows).length)]
      }),
    ),
    'A known-bad vault is a sound one with one part changed; the check that it names must catch it. To add a requirement: ' +
      '[adding-a-requirement.md](../adding-a-requirement.md).',
  ].join('\n\n')}\n`
}

function page(one: string): string {
  const rows = all.filter((row) => row.family === one)
  const { name, note } = family(`${one}-01`)
  const checks = checksOf(rows).length
  const excluded = excludedOf(rows).length
  return `${[
    `# ${one}: ${name}`,
    `${count(rows.length, 'requirement')}: ${[...(checks > 0 ? [count(checks, 'check')] : []), ...(excluded > 0 ? [`${excluded} excluded`] : [])].join(', ')}. [All families](README.md)`,
    ...(note === null ? [] : [note]),
    table(
      ['', 'level', 'what must hold'],
      rows.map((row) => [
        link(row.id, `#${row.id.toLowerCase()}`),
        row.level,
        `${row.clause}${isExcluded(row) ? ' *Excluded.*' : ''}`,
      ]),
    ),
    ...rows.map((row) => section(row)),
  ].join('\n\n')}\n`
}

function section(row: Told): string {
  const who = [
    row.profiles.length === 0 ? 'any vault' : row.profiles.join(', '),
    ...(row.platforms.length === 0 ? [] : [row.platforms.join(', ')]),
  ]
  const aside = !isExcluded(row) && !row.scored ? [`not scored in set ${currentSet.set}`] : []
  return [
    `## ${row.id}`,
    `**${row.level}** · ${[...who, ...(isExcluded(row) ? ['excluded'] : aside)].join(' · ')}`,
    `> ${row.clause}`,
    `**What a user would meet.** ${row.why} *${row.threat}: ${stake(row.threat)}*`,
    `**What to do.** ${row.advice}`,
    ...(isExcluded(row) ? [`**Why no check decides it yet.** ${row.excluded}`] : []),
    table(['', ''], [...(isExcluded(row) ? [] : decided(row)), ...shared(row)]),
  ].join('\n\n')
}

const lines = (of: readonly string[]): string => of.join('<br>')
const meanings = (of: readonly Named[]): string => lines(of.map(({ name, meaning }) => `\`${name}\`: ${meaning}`))

function decided({ judges, twins, needs, proofs }: RequirementRow): readonly (readonly string[])[] {
  const known = proofs.map(({ file, change }) => {
    const name = file.slice(file.lastIndexOf('/') + 1, -'.ts'.length)
    return `${link(name, `../../${file}`)}: ${change}`
  })
  return [
    ['judged when', meanings(judges)],
    ['beside', meanings(twins)],
    ...(needs.length === 0 ? [] : [['needs', meanings(needs)]]),
    ['proven by', lines(known)],
  ]
}

const shared = ({ weaknesses, sources }: Told): readonly (readonly string[])[] => [
  ['weaknesses', lines(weaknesses.map(({ name, meaning }) => `${link(name, weaknessLink(name))} ${meaning}`))],
  ['seen in', sources.map((source) => link(source, sourceLink(source))).join(', ')],
]
