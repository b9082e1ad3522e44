import type { Comparison } from '../harness/contract/difference.ts'
import type { History } from '../harness/contract/history.ts'
import type { FailureRecord } from '../harness/contract/stream.ts'
import { compared } from './compared.ts'
import { failureBlock } from './failure-block.ts'
import { failureStory } from './failure-story.ts'
import { noPaint } from './paint.ts'
import { oneLine } from './printable.ts'
import { story } from './story.ts'
import type { TerminalOptions } from './terminal.ts'
import { wrap } from './wrap.ts'

export interface ReplayedOptions extends TerminalOptions {
  /** The program is not the one that was given: also tell how it was found, and how to run it again. */
  readonly anew?: boolean
}

/** What came of one program that was run again, for a person at a terminal. */
export function replayed(
  again: {
    readonly history: History
    readonly failure: FailureRecord | null
    readonly sentence: string
    readonly comparison?: Comparison
  },
  options: ReplayedOptions,
): string {
  const { texts, paint = noPaint, anew = false } = options
  const columns = Math.min(110, Math.max(60, options.columns ?? 80))
  const { history, failure, comparison } = again
  const { steps } = story(history.program, history.events, failure?.at)
  const told =
    failure === null
      ? steps.flatMap(({ sentence }, index) => wrap(sentence, columns, `  ${index + 1}. `))
      : failureBlock(
          { ...failureStory(failure, texts), ...(anew ? {} : { found: null, replay: null }) },
          null,
          paint,
          columns,
        )
  const style = failure === null ? 'green' : 'red'
  const beside = comparison === undefined ? [] : compared(history.program, comparison, steps)
  const apart = beside.flatMap((paragraph) => wrap(oneLine(paragraph), columns))
  const lines = [
    ...told,
    ...(apart.length === 0 ? [] : ['', ...apart]),
    '',
    ...wrap(oneLine(again.sentence), columns).map((line) => paint(style, line)),
  ]
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}
