import { wrap } from '../../reports/wrap.ts'
import type { Command } from './command.ts'

/** The help of the whole program. */
export function mainHelp(commands: readonly { readonly name: string; readonly summary: string }[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  return [
    'Holdfast tells whether a secret vault holds: it runs generated programs against it, changes the world under it,',
    'and says what held, what broke, and how far the place it ran in can be believed.',
    '',
    'holdfast COMMAND [FLAGS]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'holdfast COMMAND --help says more of one. holdfast --version names this version.',
    '',
    'Exit codes: 0 nothing unexpected, 1 something unexpected, 2 wrong usage or configuration,',
    '3 nothing could be judged or Holdfast itself failed, 130 interrupted.',
    '',
  ].join('\n')
}

/** The help of one command, within so many columns. */
export function commandHelp({ name, summary, words, flags, notes = [] }: Command, columns: number): string {
  const all = { ...flags, help: { short: 'h', help: 'this text' } }
  const rows = Object.entries(all).map(([flag, { value, short, many, help }]: [string, Command['flags'][string]]) => ({
    flag: `${short === undefined ? '' : `-${short}, `}--${flag}${value === undefined ? '' : ` ${value}`}`,
    help: many ? `${help}; may be given again` : help,
  }))
  const width = Math.max(...rows.map(({ flag }) => flag.length))
  return [
    ...wrap(summary, columns),
    '',
    ['holdfast', name, ...words, '[FLAGS]'].join(' '),
    '',
    ...rows.flatMap(({ flag, help }) => wrap(help, columns, `  ${flag.padEnd(width)}  `)),
    ...(notes.length === 0 ? [] : ['', ...notes.flatMap((note) => wrap(note, columns))]),
    '',
  ].join('\n')
}
