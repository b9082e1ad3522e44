import { type Command, command } from '../command.ts'

/** `holdfast explain [ID]`: what a row asks, why it matters, what to do and what proves it; or what there is. */
export const explain: Command = command({
  name: 'explain',
  summary: 'Says what a requirement asks, why it matters, what to do, and what proves its check.',
  words: ['[ID]'],
  flags: {},
  notes: ['Without ID it lists the families; with the letters of one, as ENR, its requirements.'],
  async run(_given, [wanted], shell) {
    const { allExplained, explained, familyExplained } = await import('../explained.ts')
    const { paintFor } = await import('../../../reports/paint.ts')
    const paint = paintFor(shell.stdout, shell.env)
    const columns = Math.min(110, Math.max(60, shell.stdout.columns ?? 80))
    const rows = [...(await shell.engine.requirements()), ...(await shell.engine.exclusions())].toSorted((a, b) =>
      a.id < b.id ? -1 : 1,
    )
    const say = (lines: readonly string[]): number => {
      shell.stdout.write(`${lines.join('\n')}\n`)
      return 0
    }
    if (wanted === undefined) return say(allExplained(rows, paint))
    const id = wanted.toUpperCase()
    const row = rows.find((one) => one.id === id)
    if (row !== undefined) return say(explained(row, paint, columns))
    const family = rows.filter((one) => one.family === id)
    if (family.length > 0) return say(familyExplained(family, paint, columns))
    const { suggestion } = await import('../nearest.ts')
    const { UsageError } = await import('../usage-error.ts')
    const known = [...new Set(rows.flatMap((one) => [one.id, one.family]))]
    const hint = await suggestion(wanted, known, 'holdfast explain lists the families.')
    throw new UsageError(`holdfast explain: there is no requirement "${wanted}"; ${hint}`)
  },
})
