import { oneLine } from './printable.ts'

/** Text that Markdown shows as it is, also in a table. */
export function escaped(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>|#~&]/g, '\\$&')
}

/** Text in code style, whatever backticks it has. */
export function code(text: string): string {
  const clean = oneLine(text)
  const fence = '`'.repeat(Math.max(0, ...(clean.match(/`+/g) ?? []).map((run) => run.length)) + 1)
  return clean.includes('`') ? `${fence} ${clean} ${fence}` : `${fence}${clean}${fence}`
}

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}
