import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type LoadedConfig, loadConfig } from './config.ts'
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
  const devices = await shell.engine.devices()
  if (instead.vault === undefined && !config.vaults.has(vault)) {
    const spec = await lastSpec(failed, config, shell)
    if (spec !== null) {
      const [target] = await targetsOf([spec], [instead.device ?? own.device], config, devices, shell.cwd)
      if (target !== undefined) return { ...target, name: `${vault}@${target.device}` }
    }
    const nowhere = config.file === null ? 'no configuration names' : `${config.file} does not name`
    throw new UsageError(
      `This token is of the vault "${vault}", which ${nowhere}: say how to reach it with --vault SPEC.`,
    )
  }
  const [target] = await targetsOf([vault], [instead.device ?? own.device], config, devices, shell.cwd)
  if (target === undefined) throw new UsageError(`There is nothing to run the vault "${vault}" on.`)
  return target
}

/** How the last run reached that target, where it is still there to say so: it has just printed the token. */
async function lastSpec(target: string, { out }: LoadedConfig, { cwd }: Shell): Promise<string | null> {
  const { usualOut } = await import('./judgement.ts')
  const { outputs } = await import('./judge-to-reports.ts')
  const file = resolve(cwd, join(out ?? usualOut, outputs.stream))
  if (!existsSync(file)) return null
  const { readStream } = await import('../stream/read-stream.ts')
  const { StreamError } = await import('../stream/stream-error.ts')
  try {
    const found = readStream(file).records.find((record) => record.type === 'target' && record.target === target)
    return found?.type === 'target' ? found.vault : null
  } catch (error) {
    if (error instanceof StreamError) return null
    throw error
  }
}
