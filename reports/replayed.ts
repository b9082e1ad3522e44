import type { History } from '../harness/contract/history.ts'
import type { FailureRecord } from '../harness/contract/stream.ts'
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
  again: { readonly history: History; readonly failure: FailureRecord | null; readonly sentence: string },
  options: ReplayedOptions,
): string {
  const { texts, paint = noPaint, anew = false } = options
  const columns = Math.min(110, Math.max(60, options.columns ?? 80))
  const told =
    again.failure === null
      ? story(again.history.program, again.history.events).steps.flatMap(({ sentence }, index) =>
          wrap(sentence, columns, `  ${index + 1}. `),
        )
      : failureBlock(
          { ...failureStory(again.failure, texts), ...(anew ? {} : { found: null, replay: null }) },
          null,
          paint,
          columns,
        )
  const style = again.failure === null ? 'green' : 'red'
  const lines = [...told, '', ...wrap(oneLine(again.sentence), columns).map((line) => paint(style, line))]
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}
