import { type Command, command } from '../command.ts'

const formats = ['junit', 'markdown', 'terminal'] as const

/** `holdfast report RUN.ndjson`: write a report of an earlier run. */
export const report: Command = command({
  name: 'report',
  summary: 'Writes a report of an earlier run, also of one that was cut.',
  words: ['RUN.ndjson'],
  flags: {
    format: { value: 'FORMAT', help: `${formats.join(', ')}; default terminal` },
    output: { value: 'FILE', short: 'o', help: 'where to write it; default to standard output' },
    verbose: { help: 'terminal: also show what was generated, and how often each requirement was looked at' },
  },
  notes: ['The exit code says whether the report could be written, not what the run came to.'],
  async run({ format = 'terminal', output, verbose = false }, [path = ''], shell) {
    if (!formats.some((name) => name === format)) {
      const { UsageError } = await import('../usage-error.ts')
      const { suggestion } = await import('../nearest.ts')
      const hint = await suggestion(format, formats, `there are ${formats.join(', ')}.`)
      throw new UsageError(`--format: there is no format "${format}"; ${hint}`)
    }
    const { readRun } = await import('../read-run.ts')
    const records = readRun(path, shell)
    if (records === null) return 3

    const { requirementTexts } = await import('../requirement-texts.ts')
    const texts = await requirementTexts(shell.engine)
    let text: string
    if (format === 'junit') text = (await import('../../../reports/junit.ts')).junit(records, texts)
    else if (format === 'markdown') text = (await import('../../../reports/markdown.ts')).markdown(records, texts)
    else {
      const { terminal } = await import('../../../reports/terminal.ts')
      const { noPaint, paintFor } = await import('../../../reports/paint.ts')
      const paint = output === undefined ? paintFor(shell.stdout, shell.env) : noPaint
      text = terminal(records, { texts, columns: shell.stdout.columns ?? 80, paint, verbose })
    }
    if (output === undefined) {
      shell.stdout.write(text)
      return 0
    }
    const { writeFileSync } = await import('node:fs')
    const { resolve } = await import('node:path')
    const { fileReason, StreamError } = await import('../../stream/stream-error.ts')
    try {
      writeFileSync(resolve(shell.cwd, output), text)
    } catch (error) {
      throw new StreamError('write', `The report could not be written to ${output}: ${fileReason(error)}.`, {
        cause: error,
      })
    }
    return 0
  },
})
