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
    const content = await shell.engine.readToken(token)
    const { targetOfToken } = await import('../target-of-token.ts')
    const target = await targetOfToken(content, given, shell)
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
