import { stripVTControlCharacters } from 'node:util'

/** How many columns a text takes on a terminal. */
export function width(text: string): number {
  return [...stripVTControlCharacters(text).replace(/\p{M}/gu, '')].length
}

/**
 * Breaks text at blanks into lines of at most `columns`. The first line begins with `first`, the others with as many
 * blanks. A longer word keeps a line of its own, so that it can be copied whole.
 */
export function wrap(text: string, columns: number, first = ''): readonly string[] {
  const rest = ' '.repeat(width(first))
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = lines.length === 0 ? first : rest
    let empty = true
    for (const word of paragraph.split(' ')) {
      if (!empty && width(line) + 1 + width(word) > columns) {
        lines.push(line)
        line = rest
        empty = true
      }
      line += empty ? word : ` ${word}`
      empty = false
    }
    lines.push(line.trimEnd())
  }
  return lines
}

/** Blanks after (or before) a text up to a width. */
export function pad(text: string, columns: number, side: 'left' | 'right' = 'left'): string {
  const blanks = ' '.repeat(Math.max(0, columns - width(text)))
  return side === 'left' ? text + blanks : blanks + text
}
