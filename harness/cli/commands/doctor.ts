import { type Command, command } from '../command.ts'

/** `holdfast doctor`: which devices can run on this machine, and what each still lacks. */
export const doctor: Command = command({
  name: 'doctor',
  summary: 'Says which devices can run on this machine, and what each still lacks, with the command to get it.',
  words: [],
  flags: {},
  async run(_given, _words, shell) {
    const { fidelityMeaning } = await import('../../../reports/fidelity-meaning.ts')
    const { paintFor } = await import('../../../reports/paint.ts')
    const { wrap } = await import('../../../reports/wrap.ts')
    const paint = paintFor(shell.stdout, shell.env)
    const columns = Math.min(110, Math.max(60, shell.stdout.columns ?? 80))
    const devices = await shell.engine.devices()
    let able = 0
    for (const { name, fidelity, meaning, lacks = [] } of devices) {
      const missing = await shell.engine.missing(name)
      if (missing.length === 0) able += 1
      const state = missing.length === 0 ? paint('green', 'can run here') : paint('yellow', 'cannot run here')
      const lines = [
        `${paint('bold', name)}: ${state}`,
        ...wrap(meaning, columns, '  '),
        ...wrap(`${fidelity}: ${fidelityMeaning[fidelity]}`, columns, '  ').map((line) => paint('dim', line)),
        ...lacks.flatMap((sentence) => wrap(sentence, columns, '  lacks ')).map((line) => paint('dim', line)),
        ...missing.flatMap((sentence) => wrap(sentence, columns, '  - ')),
      ]
      shell.stdout.write(`${lines.join('\n')}\n\n`)
    }
    shell.stdout.write(`${able} of ${devices.length} devices can run on this machine.\n`)
    return able === 0 ? 3 : 0
  },
})
