import { type Command, command } from '../command.ts'

/** `holdfast replay TOKEN`: run the program of a failure again. */
export const replay: Command = command({
  name: 'replay',
  summary: 'Runs the program of a failure again, tells what happened, and says whether it still fails.',
  words: ['TOKEN'],
  flags: {
    vault: { value: 'SPEC', help: 'the vault; default the one of that name in the configuration' },
    device: { value: 'NAME', help: 'where to run it; default the device on which it failed' },
    config: { value: 'FILE', help: 'configuration; default holdfast.config.ts' },
    'allow-login-keyring': { help: "let the vault use this person's own login keyring" },
    verbose: { help: 'where Holdfast itself fails, say where' },
  },
  notes: ['A report names the token of each failure. Exit codes: 0 it holds now, 1 it still fails.'],
  async run(given, [token = ''], shell) {
    const { target: failed } = await shell.engine.readToken(token)
    const at = failed.lastIndexOf('@')
    const vault = given.vault ?? failed.slice(0, at)
    const { loadConfig } = await import('../config.ts')
    const { targetsOf } = await import('../targets.ts')
    const { UsageError } = await import('../usage-error.ts')
    const config = await loadConfig(given.config ?? null, shell.cwd)
    if (given.vault === undefined && !config.vaults.has(vault)) {
      throw new UsageError(
        `This token is of the vault "${vault}", which ${config.file ?? 'no configuration'} names: say how to reach it with --vault SPEC.`,
      )
    }
    const devices = await shell.engine.devices()
    const [target] = await targetsOf([vault], [given.device ?? failed.slice(at + 1)], config, devices, shell.cwd)
    if (target === undefined) throw new UsageError(`There is nothing to run the vault "${vault}" on.`)
    const again = await shell.engine.replay(token, target, { allowLoginKeyring: given['allow-login-keyring'] ?? false })

    const { replayed } = await import('../../../reports/replayed.ts')
    const { requirementTexts } = await import('../requirement-texts.ts')
    const { paintFor } = await import('../../../reports/paint.ts')
    const texts = await requirementTexts(shell.engine)
    const columns = shell.stdout.columns ?? 80
    shell.stdout.write(replayed(again, { texts, columns, paint: paintFor(shell.stdout, shell.env) }))
    return again.exit
  },
})
