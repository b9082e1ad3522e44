import { type Command, command } from '../command.ts'

/** `holdfast explain ID`: what a requirement asks, why it matters and what to do. */
export const explain: Command = command({
  name: 'explain',
  summary: 'Says what a requirement asks, why it matters, what to do, and what it takes to judge it.',
  words: ['ID'],
  flags: {},
  async run(_given, [wanted = ''], shell) {
    const rows = await shell.engine.requirements()
    const { knowRequirement } = await import('../judgement.ts')
    const ids = rows.map((one) => one.id)
    await knowRequirement(wanted, ids, 'holdfast explain')
    const row = rows.find((one) => one.id === wanted.toUpperCase())
    if (row === undefined) return 3
    const { wrap } = await import('../../../reports/wrap.ts')
    const { paintFor } = await import('../../../reports/paint.ts')
    const { family } = await import('../../../reports/family.ts')
    const paint = paintFor(shell.stdout, shell.env)
    const columns = Math.min(110, Math.max(60, shell.stdout.columns ?? 80))
    const part = (title: string, lines: readonly string[]): readonly string[] =>
      lines.length === 0 ? [] : ['', paint('dim', title), ...lines.flatMap((line) => wrap(line, columns, '  '))]
    const { name, note } = family(row.id)
    shell.stdout.write(
      `${[
        `${paint('bold', row.id)}  ${row.level}, of the profiles ${row.profiles.join(', ')}${name === '' ? '' : `, about ${name}`}`,
        ...part('what must hold', [row.clause]),
        ...part('why it matters', [`${row.why} (${row.threat})`]),
        ...part('what to do', [row.advice]),
        ...part(
          'when it is judged',
          row.judges.map(({ name: situation, meaning }) => `${situation}: ${meaning}`),
        ),
        ...part(
          'what its environment must be proven to do',
          row.needs.map(({ name: facet, meaning }) => `${facet}: ${meaning}`),
        ),
        ...part('how it is judged here', note === null ? [] : [note]),
        ...part('seen in the wild', [row.sources.join(', ')]),
      ].join('\n')}\n`,
    )
    return 0
  },
})
