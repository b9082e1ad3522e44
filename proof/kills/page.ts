import { allKnownBadFolders } from '../../fixtures/known-bad-folders.ts'
import { quantile } from '../quantile.ts'
import { seedsTold } from '../seeds.ts'
import { findingsOf, killsOf, type MatrixRow, shortness, withoutKill } from './matrix.ts'

const inProcess = ({ vault }: MatrixRow): boolean => vault.folder !== 'known-bad-process'

/** What a vault's line begins with: what can be held against the code without a run. */
export const rowBegins = ({ name, folder, breaks, change }: MatrixRow['vault']): string =>
  `| [${name.slice(folder.length + 1)}](../fixtures/${name}.ts) | ${change.replaceAll('|', '\\|')} | ${breaks} |`

const span = (values: readonly number[]): string =>
  values.length === 0 ? '' : `${quantile(values, 0.5)}, ${quantile(values, 1)}`

function line(row: MatrixRow): string {
  const kills = killsOf(row)
  const found = new Map<string, number>()
  for (const { scenario } of kills) found.set(scenario, (found.get(scenario) ?? 0) + 1)
  const by = [...found].map(([scenario, times]) => (found.size === 1 ? scenario : `${scenario} ${times}`))
  const cells = [
    `${kills.length} of ${row.tried.length}`,
    span(kills.map(({ commands }) => commands)),
    span(kills.map(({ programs }) => programs)),
    by.join(', '),
  ]
  return `${rowBegins(row.vault)} ${cells.join(' | ')} |`
}

function section(title: string, about: string, rows: readonly MatrixRow[]): string {
  const head = ['vault', 'what is changed', 'check', 'killed', 'commands', 'programs', 'scenario']
  const table = [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...rows.map(line)]
  return [`## ${title}`, about, table.join('\n')].filter((part) => part !== '').join('\n\n')
}

interface Page {
  readonly rows: readonly MatrixRow[]
  /** Ids of all requirements that are decided by a check. */
  readonly requirements: readonly string[]
  readonly seeds: readonly number[]
  readonly processSeeds: readonly number[]
  /** Programs per scenario. */
  readonly programs: number
}

function totals({ rows, requirements, processSeeds }: Page): string {
  const mine = rows.filter(inProcess)
  const { kills, median, most95, most } = shortness(mine)
  const bare = withoutKill(rows, requirements)
  const tried = mine.reduce((sum, row) => sum + row.tried.length, 0)
  return [
    `- **Known-bad vaults**: ${mine.length} in process, ${rows.length - mine.length} processes.`,
    `- **Kills** by the check that is named: ${kills} of ${tried}.`,
    `- **Checks**: ${requirements.length}, of which ${requirements.length - bare.length} have a kill${bare.length === 0 ? '' : `; without: ${bare.join(', ')}`}.`,
    `- **Commands of a counterexample**, over all kills in process: median ${median}, 95th percentile ${most95}, most ${most}.`,
    ...(processSeeds.length > 0 ? [] : ['- Processes were not run.']),
  ].join('\n')
}

/** The page docs/kill-matrix.md. */
export function matrixPage(page: Page): string {
  const { rows, requirements, seeds, processSeeds, programs } = page
  const findings = findingsOf(rows, requirements)
  const told = findings.length === 0 ? 'None.' : findings.map((finding) => `- ${finding}`).join('\n')
  const intro = `# Kill matrix

Whether each check bites. A known-bad vault is a sound one with exactly one part changed; the check that it names must catch
it. Each is run by programs as an ordinary run makes them, ${programs} a scenario, of the scenarios made to reach what the
check judges, with ${seedsTold(seeds)}; a run ends at the first kill, and its program is shrunk.

*killed*: on how many seeds. *commands*: of the shrunk counterexample, median and most. *programs*: how many were run until
the kill, median and most. *scenario*: which found it, and how often. \`npm run kill-matrix\` makes this page, and fails
where a vault is not killed by its check with each seed, or a check kills none.`
  const parts = allKnownBadFolders.flatMap(({ folder, title }) => {
    const mine = rows.filter(({ vault }) => vault.folder === folder)
    const about =
      folder === 'known-bad-process'
        ? `Vaults that only a look from outside shows, each a process on this machine: with ${seedsTold(processSeeds)}, by the scenario \`memory\`.`
        : ''
    return mine.length === 0 ? [] : [section(title, about, mine)]
  })
  return `${[intro, totals(page), `## Findings\n\n${told}`, ...parts].join('\n\n')}\n`
}
