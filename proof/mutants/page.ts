import type { Mutant } from './instrumented.ts'
import type { MutantVerdict } from './mutant-verdict.ts'
import { changeOf, reasonOf } from './reason.ts'
import { reasons } from './reasons.ts'

export interface Judged {
  readonly subject: string
  readonly mutant: Mutant
  readonly verdict: MutantVerdict
}

const lives = ({ verdict: { is } }: Judged): boolean => is === 'survived' || is === 'unmet'

/** What must not be, a sentence each: who lives without a reason, and reasons that nobody needs. */
export function findingsOf(all: readonly Judged[]): readonly string[] {
  const alive = all.filter(lives)
  const without = alive.filter(({ mutant }) => reasonOf(mutant) === null)
  const needed = new Set(alive.map(({ mutant }) => reasonOf(mutant)))
  return [
    ...without.map(({ mutant }) => `${mutant.file}:${mutant.line} ${mutant.mutator} lives: ${changeOf(mutant)}`),
    ...reasons
      .filter((reason) => !needed.has(reason))
      .map(({ file, change }) => `No mutant of ${file.source} needs the reason for ${change.source}.`),
  ]
}

const cell = (text: string): string => text.replaceAll('|', '\\|')
const code = (text: string): string => `\`\`${cell(text.length > 120 ? `${text.slice(0, 117)}...` : text)}\`\``

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n')
}

function counts(all: readonly Judged[]): string {
  const files = [...new Set(all.map(({ subject, mutant }) => `${subject}\0${mutant.file}`))]
  const rows = files.map((key) => {
    const [subject, file = ''] = key.split('\0')
    const mine = all.filter((one) => one.subject === subject && one.mutant.file === file)
    const many = (is: MutantVerdict['is']) => mine.filter(({ verdict }) => verdict.is === is).length
    return [
      `[${file.slice('fixtures/'.length)}](../${file})`,
      subject ?? '',
      mine.length,
      many('failed'),
      many('silenced'),
      many('crashed'),
      many('survived'),
      many('unmet'),
    ]
  })
  return table(['file', 'of', 'mutants', 'failed', 'passed no more', 'broke the run', 'lives', 'never met'], rows)
}

function killers(all: readonly Judged[]): string {
  const by = new Map<string, number>()
  for (const { verdict } of all) if (verdict.is === 'failed') by.set(verdict.by, (by.get(verdict.by) ?? 0) + 1)
  return [...by]
    .sort(([one, times], [other, more]) => more - times || (one < other ? -1 : 1))
    .map(([id, times]) => `${id} ${times}`)
    .join(', ')
}

function living(all: readonly Judged[]): string {
  const groups = new Map<string, Judged[]>()
  for (const one of all.filter(lives)) {
    const why = reasonOf(one.mutant)?.why ?? 'No reason is known.'
    groups.set(why, [...(groups.get(why) ?? []), one])
  }
  return [...groups]
    .map(([why, mine]) => {
      const changes = mine.map(
        ({ mutant }) =>
          `- ${mutant.file.slice('fixtures/'.length)}: ${code(mutant.original)} to ${code(mutant.replacement)}`,
      )
      return `### ${why}\n\n${[...new Set(changes)].join('\n')}`
    })
    .join('\n\n')
}

/** The page docs/mutants.md. */
export function mutantsPage(all: readonly Judged[], programs: number): string {
  const alive = all.filter(lives).length
  return `# Mutants of the sound vaults

Whether the checks see what is changed in a vault with nothing wrong, by [Stryker](https://stryker-mutator.io)'s changes in
place of ours: each of ${all.length} is run by the programs of an ordinary run, ${programs} a scenario. ${all.length - alive} are seen;
each that lives has its reason below. \`npm run mutants\` makes this page, and fails where one lives without a reason.

*failed*: a check failed. *passed no more*: nothing failed, but what the vault passed it passes no more. *broke the run*: the
vault could not be run, or answered what is no answer. *never met*: no program comes where the change is.

${counts(all)}

First to fail: ${killers(all)}.

## What lives, and why

${living(all)}
`
}
