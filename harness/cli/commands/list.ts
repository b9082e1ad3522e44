import { type Command, command } from '../command.ts'

/** `holdfast list`: all requirements, or those that no check decides. */
export const list: Command = command({
  name: 'list',
  summary: 'Lists all requirements.',
  words: [],
  flags: {
    excluded: { help: 'those that no check decides yet, each with its reason' },
    json: { help: 'as JSON, with everything that holdfast explain says' },
  },
  async run({ json = false, excluded = false }, _words, shell) {
    const exclusions = await shell.engine.exclusions()
    const rows = excluded ? exclusions : await shell.engine.requirements()
    if (json) {
      shell.stdout.write(`${JSON.stringify(rows, null, 2)}\n`)
      return 0
    }
    const { wrap } = await import('../../../reports/wrap.ts')
    const { paintFor } = await import('../../../reports/paint.ts')
    const paint = paintFor(shell.stdout, shell.env)
    const columns = Math.min(110, Math.max(60, shell.stdout.columns ?? 80))
    const longest = Math.max(...rows.map(({ id }) => id.length))
    for (const row of rows) {
      const { id, level, clause } = row
      const start = `${id.padEnd(longest)}  ${level.padEnd(6)}  `
      const [first = '', ...rest] = wrap(clause, columns, start)
      const reason = 'excluded' in row ? wrap(row.excluded, columns, ' '.repeat(start.length)) : []
      const lines = [first.replace(id, paint('bold', id)), ...rest, ...reason.map((line) => paint('dim', line))]
      shell.stdout.write(`${lines.join('\n')}\n`)
    }
    const others = excluded ? '' : ` ${exclusions.length} more are excluded: --excluded lists them with their reasons.`
    shell.stdout.write(`\n${rows.length} requirements; holdfast explain ID says more of one.${others}\n`)
    return 0
  },
})
