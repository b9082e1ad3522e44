import type { FailureStory } from './failure-story.ts'
import type { Paint } from './paint.ts'
import { oneLine } from './printable.ts'
import { wrap } from './wrap.ts'

/**
 * One failure as a block of lines for a terminal.
 * @param known the reason that the baseline gives, where it expects this failure
 * @param scored whether it counts in the set of the run
 */
export function failureBlock(
  failure: FailureStory,
  known: string | null,
  paint: Paint,
  columns: number,
  scored = true,
): readonly string[] {
  const { requirement, level, clause, story, target } = failure
  const style = known === null && scored ? 'red' : 'yellow'
  const head = known !== null ? 'FAILED, as the baseline expects:' : scored ? 'FAILED' : 'FAILED, not scored:'
  const title = `${head} ${requirement}${level === null ? '' : ` (${level})`} on ${target}`
  const lines = [paint(style, '─'.repeat(columns)), ...wrap(title, columns).map((line) => paint(style, line))]
  lines.push(...wrap(oneLine(clause), columns, '  ').map((line) => paint('bold', line)), '')

  const digits = String(story.steps.length).length
  for (const [index, { sentence, parts }] of story.steps.entries()) {
    const mark = parts ? '>' : ' '
    const told = wrap(sentence, columns, `  ${mark} ${String(index + 1).padStart(digits)}. `)
    lines.push(...(parts ? told.map((line) => paint(style, line)) : told))
  }
  if (story.note !== null) lines.push(...wrap(story.note, columns, '    '))
  lines.push('')

  const rows: readonly (readonly [string, string | null])[] = [
    ['situation', failure.situation],
    ['expected', failure.expected],
    ['seen', failure.seen],
    ['at fault', failure.atFault],
    ['why it matters', failure.matters],
    ['what to do', failure.advice],
    ['known', known],
    ['how sure', failure.found],
  ]
  for (const [label, text] of rows) {
    if (text === null) continue
    const told = wrap(oneLine(text), columns, `  ${label.padEnd(14)}  `)
    lines.push(...told.map((line, index) => (index === 0 ? line.replace(label, paint('dim', label)) : line)))
  }
  if (failure.replay !== null) lines.push(`  ${paint('dim', 'run it again')}`, `  ${paint('cyan', failure.replay)}`)
  return lines
}
