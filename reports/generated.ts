import { number } from './count.ts'
import type { Paint } from './paint.ts'
import { oneLine } from './printable.ts'
import type { TargetTally } from './tally.ts'
import { pad, width, wrap } from './wrap.ts'

type Counts = Readonly<Record<string, number>>

/** What was generated for a target and what came of it: by scenario, by command, and how prompts went on. */
export function generatedLines({ target, scenarios }: TargetTally, columns: number, paint: Paint): readonly string[] {
  if (scenarios.length === 0) return []
  const commands = summed(scenarios.map((scenario) => scenario.commands))
  const leftOut = summed(scenarios.map((scenario) => scenario.leftOut ?? {}))
  const prompts = summed(scenarios.map((scenario) => scenario.prompts ?? {}))
  const byScenario = scenarios.map(({ scenario, programs, commands, skipped, situations, prompts = {} }) => [
    oneLine(scenario),
    number(programs),
    number(total(commands)),
    number(skipped),
    number(prompts.shown ?? 0),
    number(Object.values(situations).filter((times) => times > 0).length),
  ])
  const byCommand = often(commands).map(([name, times]) => [oneLine(name), number(times), number(leftOut[name] ?? 0)])
  const ways = often(prompts).filter(([phase]) => phase !== 'shown')
  return [
    '',
    `What was generated for ${paint('bold', target)}`,
    ...aligned(['scenario', 'programs', 'commands', 'left out', 'prompts', 'situations'], byScenario, paint),
    '',
    ...aligned(['command', 'times', 'left out'], byCommand, paint),
    ...(ways.length === 0 ? [] : ['', ...told(`${number(prompts.shown ?? 0)} prompts:`, ways, columns)]),
    '',
    ...scenarios.flatMap(({ scenario, situations }) =>
      told(
        `${oneLine(scenario)}:`,
        often(situations).filter(([, times]) => times > 0),
        columns,
      ),
    ),
  ]
}

function summed(all: readonly Counts[]): Counts {
  const sums: Record<string, number> = {}
  for (const counts of all) for (const [name, times] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + times
  return sums
}
const total = (counts: Counts): number => Object.values(counts).reduce((sum, times) => sum + times, 0)
/** The most frequent first; names decide where times are the same. */
const often = (counts: Counts): readonly (readonly [string, number])[] =>
  Object.entries(counts).sort(([a, times], [b, others]) => others - times || (a < b ? -1 : 1))

/** Names on the left, numbers on the right. */
function aligned(head: readonly string[], rows: readonly (readonly string[])[], paint: Paint): readonly string[] {
  const widths = head.map((title, column) => Math.max(width(title), ...rows.map((row) => width(row[column] ?? ''))))
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, column) => pad(cell, widths[column] ?? 0, column === 0 ? 'left' : 'right')).join('  ')}`
  return [paint('dim', line(head)), ...rows.map(line)]
}

/** Each name stays beside its number. */
function told(what: string, counts: readonly (readonly [string, number])[], columns: number): readonly string[] {
  const items = counts.map(([name, times]) => `${oneLine(name)}\u00a0${number(times)}`.replaceAll(' ', '\u00a0'))
  const text = items.length === 0 ? 'nothing' : items.join(', ')
  return wrap(text, columns, `  ${what} `).map((line) => line.replaceAll('\u00a0', ' '))
}
