import { type Command, command } from '../command.ts'

/** `holdfast smoke`: does an adapter answer as it should, and if not, whose fault is it. */
export const smoke: Command = command({
  name: 'smoke',
  summary:
    'Tries an adapter before anything is judged, and says in one sentence whose fault it is if it does not answer.',
  words: [],
  flags: {
    vault: { value: 'SPEC', help: 'the vault, as for holdfast run' },
    device: { value: 'NAME', help: 'where to run it; default what the vault names' },
    config: { value: 'FILE', help: 'configuration; default holdfast.config.ts' },
    'allow-login-keyring': { help: "let the vault use this person's own login keyring" },
    verbose: { help: 'where Holdfast itself fails, say where' },
  },
  notes: [
    'Exit codes: 0 it answers as it should, 1 it does not, 2 wrong usage or configuration, 3 it could not be tried.',
  ],
  async run(given, _words, shell) {
    const { UsageError } = await import('../usage-error.ts')
    const { vault, device } = given
    if (vault === undefined) throw new UsageError('holdfast smoke needs a vault: --vault SPEC.')
    const { loadConfig } = await import('../config.ts')
    const { targetsOf } = await import('../targets.ts')
    const config = await loadConfig(given.config ?? null, shell.cwd)
    const devices = device === undefined ? [] : [device]
    const targets = await targetsOf([vault], devices, config, await shell.engine.devices(), shell.cwd)
    const { oneLine } = await import('../../../reports/printable.ts')
    const { paintFor } = await import('../../../reports/paint.ts')
    const paint = paintFor(shell.stdout, shell.env)
    let exit = 0
    for (const target of targets) {
      const allowLoginKeyring = given['allow-login-keyring'] ?? false
      const { ok, blame, sentence } = await shell.engine.smoke(target, { allowLoginKeyring })
      const fault = ok ? paint('green', 'fine') : paint('red', `fault of the ${blame ?? 'harness'}`)
      shell.stdout.write(`${target.name}: ${fault}: ${oneLine(sentence)}\n`)
      if (!ok) exit = Math.max(exit, blame === 'adapter' || blame === 'vault' ? 1 : 3)
    }
    return exit
  },
})
