import { type Command, command } from '../command.ts'

/** `holdfast list`: all requirements. */
export const list: Command = command({
  name: 'list',
  summary: 'Lists all requirements.',
  words: [],
  flags: { json: { help: 'as JSON, with everything that holdfast explain says' } },
  async run({ json = false }, _words, shell) {
    const rows = await shell.engine.requirements()
    if (json) {
      shell.stdout.write(`${JSON.stringify(rows, null, 2)}\n`)
      return 0
    }
    const { wrap } = await import('../../../reports/wrap.ts')
    const { paintFor } = await import('../../../reports/paint.ts')
    const paint = paintFor(shell.stdout, shell.env)
    const columns = Math.min(110, Math.max(60, shell.stdout.columns ?? 80))
    const longest = Math.max(...rows.map(({ id }) => id.length))
    for (const { id, level, clause } of rows) {
      const [first = '', ...rest] = wrap(clause, columns, `${id.padEnd(longest)}  ${level.padEnd(6)}  `)
      shell.stdout.write(`${[first.replace(id, paint('bold', id)), ...rest].join('\n')}\n`)
    }
    shell.stdout.write(`\n${rows.length} requirements; holdfast explain ID says more of one.\n`)
    return 0
  },
})
