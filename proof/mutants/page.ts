import type { Mutant } from './instrumented.ts'
import { firstPrograms, type MutantVerdict } from './mutant-verdict.ts'
import { changeOf, reasonOf } from './reason.ts'
import { reasons } from './reasons.ts'

export interface Judged {
  readonly mutant: Mutant
  readonly verdict: MutantVerdict
}

const lives = ({ verdict: { is } }: Judged): boolean => is === 'survived' || is === 'unmet'

/**
 * What must not be, a sentence each: who lives without a reason, and reasons that nobody needs.
 * @param whole whether these are the mutants of all subjects
 */
export function findingsOf(all: readonly Judged[], whole: boolean): readonly string[] {
  const alive = all.filter(lives)
  const without = alive.filter(({ mutant }) => reasonOf(mutant) === null)
  const needed = new Set(alive.map(({ mutant }) => reasonOf(mutant)))
  return [
    ...without.map(({ mutant }) => `${mutant.file}:${mutant.line} ${mutant.mutator} lives: ${changeOf(mutant)}`),
    ...reasons
      .filter((reason) => whole && !needed.has(reason))
      .map(({ file, change }) => `No mutant of ${file.source} needs the reason for ${change.source}.`),
  ]
}

const cell = (text: string): string => text.replaceAll('|', '\\|')
const code = (text: string): string => `\`\`${cell(text.length > 120 ? `${text.slice(0, 117)}...` : text)}\`\``

const nameOf = (file: string): string => file.slice('fixtures/'.length)

/** What the row of a file begins with: as long as it is so, what the page says of the file holds. */
export const rowBegins = (file: string, mutants: number, digest: string): string =>
  `| [${nameOf(file)}](../${file}) | ${digest} | ${mutants} |`

const headOf = (subject: string): string => `\n## The ${subject}\n`

/** What stands over the mutants that live for one reason. */
export const reasonHead = (why: string): string => `### ${why}`

function counts(all: readonly Judged[], digestOf: (file: string) => string): string {
  const rows = [...new Set(all.map(({ mutant }) => mutant.file))].map((file) => {
    const mine = all.filter(({ mutant }) => mutant.file === file)
    const many = (is: MutantVerdict['is']) => mine.filter(({ verdict }) => verdict.is === is).length
    const verdicts = [many('failed'), many('silenced'), many('crashed'), many('survived'), many('unmet')]
    return `${rowBegins(file, mine.length, digestOf(file))} ${verdicts.join(' | ')} |`
  })
  const head = ['file', 'digest', 'mutants', 'failed', 'passed no more', 'broke the run', 'lives', 'never met']
  return [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...rows].join('\n')
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
        ({ mutant }) => `- ${nameOf(mutant.file)}: ${code(mutant.original)} to ${code(mutant.replacement)}`,
      )
      return `${reasonHead(why)}\n\n${[...new Set(changes)].join('\n')}\n`
    })
    .join('\n')
}

/** What the page says of one subject, of which these are all mutants. */
export function sectionOf(subject: string, all: readonly Judged[], digestOf: (file: string) => string): string {
  const alive = all.filter(lives).length
  return `${headOf(subject)}
Of ${all.length} mutants ${all.length - alive} are seen. First to fail: ${killers(all)}.

${counts(all, digestOf)}

${living(all)}`
}

/** The section of a subject on a page that was written before, or null. */
export function sectionOn(page: string, subject: string): string | null {
  const at = page.indexOf(headOf(subject))
  if (at < 0) return null
  const end = page.indexOf('\n## ', at + 1)
  return page.slice(at, end < 0 ? undefined : end)
}

/**
 * The page docs/mutants.md.
 * @param programs of each scenario
 */
export const mutantsPage = (sections: readonly string[], programs: number): string => `# Mutants of the sound vaults

Whether the checks see what is changed in a vault with nothing wrong, by [Stryker](https://stryker-mutator.io)'s changes in
place of ours: each is run by programs as an ordinary run makes them, ${programs} a scenario, until a check fails it: by the first
${firstPrograms} of them that come where it is, and where it lives without a reason by all. Each that lives has its reason below, and \`npm run mutants\`, which makes this page, fails
where one lives without.

*failed*: a check failed. *passed no more*: nothing failed, but what the vault passed it passes no more. *broke the run*: the
vault could not be run, or answered what is no answer. *never met*: no program comes where the change is.
${sections.join('')}`
