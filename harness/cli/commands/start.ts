import { type Command, command } from '../command.ts'

/** `holdfast start`: the main job of `npm start`, all vaults of the configuration on the devices that can run here. */
export const start: Command = command({
  name: 'start',
  summary: 'Judges all vaults of holdfast.config.ts on the devices that can run on this machine.',
  words: [],
  flags: {
    full: { help: 'the full budget in place of the quick one' },
    seed: { value: 'S', help: 'where the programs come from; default 1' },
    out: { value: 'DIR', help: 'folder for run.ndjson, junit.xml and summary.md; default holdfast-report' },
    verbose: { help: 'also show what was generated, and how often each requirement was looked at' },
  },
  async run({ full = false, ...given }, _words, shell) {
    const { judgementOf } = await import('../judgement.ts')
    const judgement = await judgementOf(given, shell)
    const devices = [...new Set(judgement.targets.map(({ device }) => device))]
    const missing = new Map(
      await Promise.all(devices.map(async (name) => [name, await shell.engine.missing(name)] as const)),
    )
    const able = judgement.targets.filter(({ device }) => missing.get(device)?.length === 0)
    const left = judgement.targets.filter((target) => !able.includes(target))
    const leftOut = left
      .map(({ name, device }) => `Not judged: ${name}, as ${missing.get(device)?.join(' ')}\n`)
      .join('')
    shell.stderr.write(leftOut)
    if (able.length === 0) {
      shell.stderr.write(
        'holdfast: nothing can be judged on this machine; holdfast doctor says what each device lacks.\n',
      )
      return 3
    }
    const { judgeToReports } = await import('../judge-to-reports.ts')
    const exit = await judgeToReports({ ...judgement, targets: able, options: { ...judgement.options, full } }, shell)
    // Said again where it is read: above the table it is long gone.
    shell.stderr.write(leftOut)
    return exit
  },
})
