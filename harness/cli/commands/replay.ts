import { type Command, command } from '../command.ts'
import type { TargetSpec, TokenContent } from '../engine.ts'
import type { Shell } from '../shell.ts'

/** `holdfast replay TOKEN`: run the program of a failure again. */
export const replay: Command = command({
  name: 'replay',
  summary: 'Runs the program of a failure again, tells what happened, and says whether it still fails.',
  words: ['TOKEN'],
  flags: {
    vault: {
      value: 'SPEC',
      help: 'the vault; default the one of that name in the configuration, or as the last run reached it',
    },
    device: {
      value: 'NAME',
      help: 'where to run it; on another device than it failed on, both are run and compared. Default that device alone',
    },
    config: { value: 'FILE', help: 'configuration; default holdfast.config.ts' },
    'allow-login-keyring': { help: "let the vault use this person's own login keyring" },
    verbose: { help: 'where Holdfast itself fails, say where' },
  },
  notes: [
    'A report names the token of each failure.',
    'Example: holdfast replay hf1.… --device virtual-ios says at which command the phones part.',
    'Exit codes: 0 it holds now, 1 it still fails, 2 wrong usage, 3 it could not be run or says nothing of the requirement.',
  ],
  async run(given, [token = ''], shell) {
    const content = await shell.engine.readToken(token)
    const { targetOfToken } = await import('../target-of-token.ts')
    const target = await targetOfToken(content, given, shell)
    const { runAgain } = await import('../run-again.ts')
    const beside = await besideOf(content, target, given, shell)
    if ('why' in beside) shell.stderr.write(`holdfast: nothing is compared: ${beside.why}\n`)
    return runAgain(target, shell, false, () =>
      shell.engine.replay(token, target, {
        allowLoginKeyring: given['allow-login-keyring'] ?? false,
        beside: 'why' in beside ? null : beside.target,
      }),
    )
  },
})

/** The target on which it failed, where it is run on another now and can be compared; null where it is the same. */
async function besideOf(
  content: TokenContent,
  target: TargetSpec,
  given: { readonly vault?: string; readonly config?: string },
  shell: Shell,
): Promise<{ readonly target: TargetSpec | null } | { readonly why: string }> {
  const { partsOf } = await import('../recorded-failure.ts')
  const { targetOfToken } = await import('../target-of-token.ts')
  const { UsageError } = await import('../usage-error.ts')
  const { device } = partsOf(content.target)
  if (target.device === device) return { target: null }
  try {
    const own = await targetOfToken(content, { ...given, device }, shell)
    const lacks = await shell.engine.missing(device)
    return lacks.length === 0 ? { target: own } : { why: `${device} cannot run here: ${lacks.join(' ')}` }
  } catch (error) {
    if (error instanceof UsageError) return { why: error.message }
    throw error
  }
}
