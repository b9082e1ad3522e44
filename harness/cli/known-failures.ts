import { readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { readBaseline } from '../judging/baseline.ts'
import type { LoadedConfig } from './config.ts'
import type { TargetSpec } from './engine.ts'
import { suggestion } from './nearest.ts'
import { UsageError } from './usage-error.ts'

/** All that an entry of a baseline can be about. */
export interface KnownWorld {
  /** Ids. */
  readonly requirements: readonly string[]
  /** Targets of this run. */
  readonly targets: readonly TargetSpec[]
  readonly config: LoadedConfig
  /** Names. */
  readonly devices: readonly string[]
}

/**
 * Refuses a baseline that is wrong in itself, before anything is judged: one that cannot be read, an entry without a
 * reason, about no requirement, or about a target that neither the run nor the configuration knows.
 * @throws BaselineError, UsageError
 */
export async function checkKnownFailures(path: string, cwd: string, world: KnownWorld): Promise<void> {
  const file = relative(cwd, resolve(cwd, path))
  const { known } = readBaseline(read(resolve(cwd, path), file), file, (id) => world.requirements.includes(id))
  const running = world.targets.map(({ name }) => name)
  const usual = [...world.config.vaults].flatMap(([vault, lanes]) =>
    lanes.map(({ device }) => `${vault}@${device ?? ''}`),
  )
  for (const [index, { target }] of known.entries()) {
    const at = target.lastIndexOf('@')
    // A vault of the configuration may run on any device by --device.
    const possible = world.config.vaults.has(target.slice(0, at)) && world.devices.includes(target.slice(at + 1))
    if (possible || running.includes(target)) continue
    const names = [...new Set([...running, ...usual])].filter((name) => !name.endsWith('@'))
    const hint = await suggestion(
      target,
      names,
      `this run has ${running.join(', ')}: correct it, or remove that entry.`,
    )
    throw new UsageError(
      `${file}: known.${index}.target: neither the configuration nor this run has a target "${target}"; ${hint}`,
    )
  }
}

function read(path: string, file: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    throw new UsageError(`${file}: the known failures cannot be read (${why}); name another file with --baseline.`, {
      cause,
    })
  }
}
