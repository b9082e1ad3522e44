import type { StreamRecord } from '../harness/contract/stream.ts'
import { count, number } from './count.ts'
import { failureBlock } from './failure-block.ts'
import { familyTable } from './family-table.ts'
import { generatedLines } from './generated.ts'
import { asideLine, heldLines } from './held-line.ts'
import { notJudged } from './not-judged.ts'
import { noPaint, type Paint } from './paint.ts'
import { oneLine } from './printable.ts'
import type { RequirementTexts } from './requirement-text.ts'
import { type TargetTally, tally } from './tally.ts'
import { type Told, toldFailures } from './told-failures.ts'
import { wrap } from './wrap.ts'

export interface TerminalOptions {
  readonly texts: RequirementTexts
  /** Columns of the terminal; at least 60 are used, at most 110. Default 80. */
  readonly columns?: number
  readonly paint?: Paint
  /** Also tells what was generated, and of every requirement with how much effort it was judged. */
  readonly verbose?: boolean
}

/** The report of a whole run for a person at a terminal: table, failures, what was not judged, a line per target. */
export function terminal(records: readonly StreamRecord[], options: TerminalOptions): string {
  const { texts, paint = noPaint, verbose = false } = options
  const columns = Math.min(110, Math.max(60, options.columns ?? 80))
  const { run, targets, end } = tally(records)
  if (run === null) return 'This run has no records, so there is nothing to report.\n'

  const lines: string[] = ['', ...familyTable(targets, paint, columns)]
  for (const target of targets) lines.push(...situationLines(target, columns, paint))
  if (verbose)
    for (const target of targets)
      lines.push(...generatedLines(target, columns, paint), ...effortLines(target, columns, paint))
  for (const told of toldFailures(targets, texts, verbose)) lines.push('', ...toldLines(told, columns, paint))
  for (const target of targets) lines.push(...notJudgedLines(target, columns, paint))
  lines.push('')
  for (const target of targets) lines.push(...resultLines(target, run.set, texts, columns, paint))
  const cut = 'The run was cut before its end: this report shows the part that was recorded.'
  const style = end?.exit === 0 ? 'green' : 'red'
  lines.push('', ...wrap(oneLine(end?.sentence ?? cut), columns).map((line) => paint(style, line)))
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}

function situationLines({ target, situations }: TargetTally, columns: number, paint: Paint): readonly string[] {
  if (situations.size === 0) return []
  const all = [...situations].sort(([, a], [, b]) => b - a)
  const met = all.filter(([, times]) => times > 0).map(([name, times]) => `${oneLine(name)} ${number(times)}`)
  const never = all.filter(([, times]) => times === 0).map(([name]) => oneLine(name))
  return [
    '',
    `How often each situation occurred on ${paint('bold', target)}`,
    ...unbroken(met, columns, '  '),
    ...(never.length === 0
      ? []
      : unbroken(never, columns, '  never, so untested: ').map((line) => paint('yellow', line))),
  ]
}

/** Keeps each name beside its number, by a no-break blank while it is wrapped. */
function unbroken(items: readonly string[], columns: number, first: string): readonly string[] {
  const joined = items.map((item) => item.replaceAll(' ', '\u00a0')).join(', ')
  return wrap(joined, columns, first).map((line) => line.replaceAll('\u00a0', ' '))
}

function effortLines({ target, judged }: TargetTally, columns: number, paint: Paint): readonly string[] {
  const lines = judged.flatMap(({ requirement, verdict, effort }) => {
    const met = `situation met ${count(effort.situations, 'time')}, its positive twin ${count(effort.twins, 'time')}`
    return wrap(`${verdict.is}: ${count(effort.programs, 'program')}, ${met}`, columns, `  ${requirement.padEnd(9)} `)
  })
  return ['', `How each requirement was judged on ${paint('bold', target)}`, ...lines]
}

function toldLines(told: Told, columns: number, paint: Paint): readonly string[] {
  if (told.is === 'failure') return failureBlock(told.story, told.known, paint, columns, told.scored)
  const { target } = told
  switch (told.is) {
    case 'more':
      return [`  ${count(told.times, 'more failure')} of ${told.requirement} on ${target}: see run.ndjson`]
    case 'known': {
      const many = count(told.requirements.length, 'known failure')
      return wrap(
        `${many} on ${target}, as the baseline expects (--verbose tells each): ${told.requirements.join(', ')}`,
        columns,
      ).map((line) => paint('yellow', line))
    }
    case 'untold':
      return wrap(`FAILED ${told.requirement} on ${target}: no program was kept. ${told.known ?? ''}`, columns).map(
        (line) => paint('red', line),
      )
    case 'unexpected-pass': {
      const what = `HELD AGAINST THE BASELINE: ${told.requirement} on ${target}. ${oneLine(told.why)}`
      return wrap(what, columns).map((line) => paint('red', line))
    }
  }
}

function notJudgedLines(target: TargetTally, columns: number, paint: Paint): readonly string[] {
  const groups = notJudged(target)
  if (groups.length === 0) return []
  const lines = groups.flatMap(({ requirements, reason }) =>
    wrap(requirements.length === 0 ? reason : `${requirements.join(', ')}: ${reason}`, columns, '  - '),
  )
  return ['', `Not judged on ${paint('bold', target.target)}`, ...lines]
}

function resultLines(
  target: TargetTally,
  set: string | undefined,
  texts: RequirementTexts,
  columns: number,
  paint: Paint,
): readonly string[] {
  const fidelity = target.environment?.fidelity
  const has = (...names: readonly string[]): boolean =>
    target.judged.some(({ verdict, scored }) => scored && names.includes(verdict.is))
  const style = has('fail', 'unexpected-pass', 'harness-error') ? 'red' : has('pass') ? 'green' : 'yellow'
  const aside = asideLine(target)
  const held = heldLines(target, texts).flatMap((line) => wrap(line, columns, '  '))
  return [
    `${paint('bold', target.target)}${fidelity === undefined ? '' : ` at ${fidelity}`}`,
    ...held.map((line) => paint(style, line)),
    ...(aside === null ? [] : wrap(`not scored in set ${set ?? '?'}: ${aside}`, columns, '  ')).map((line) =>
      paint('dim', line),
    ),
  ]
}
