import { loadConfig } from './config.ts'
import type { TargetSpec, TokenContent } from './engine.ts'
import { partsOf } from './recorded-failure.ts'
import type { Shell } from './shell.ts'
import { targetsOf } from './targets.ts'
import { UsageError } from './usage-error.ts'

/** What was given beside the token. */
export interface Instead {
  readonly vault?: string | undefined
  readonly device?: string | undefined
  readonly config?: string | undefined
}

/**
 * The target that a token is of, or the one that was given instead.
 * @throws UsageError where nothing says how its vault is reached, or it cannot run on that device
 */
export async function targetOfToken(
  { target: failed }: TokenContent,
  instead: Instead,
  shell: Shell,
): Promise<TargetSpec> {
  const own = partsOf(failed)
  const vault = instead.vault ?? own.vault
  const config = await loadConfig(instead.config ?? null, shell.cwd)
  if (instead.vault === undefined && !config.vaults.has(vault)) {
    throw new UsageError(
      `This token is of the vault "${vault}", which ${config.file ?? 'no configuration'} names: say how to reach it with --vault SPEC.`,
    )
  }
  const devices = await shell.engine.devices()
  const [target] = await targetsOf([vault], [instead.device ?? own.device], config, devices, shell.cwd)
  if (target === undefined) throw new UsageError(`There is nothing to run the vault "${vault}" on.`)
  return target
}
