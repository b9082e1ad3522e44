import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fidelities } from '../contract/environment.ts'
import { profiles } from '../contract/operations.ts'
import { loadConfig } from './config.ts'
import type { Engine } from './engine.ts'
import type { Judgement } from './judge-to-reports.ts'
import { suggestion } from './nearest.ts'
import { milliseconds, wholeNumber } from './numbers.ts'
import type { Shell } from './shell.ts'
import { targetsOf } from './targets.ts'
import { UsageError } from './usage-error.ts'

/** The flags of `holdfast run`, as they were given. */
export interface RunFlags {
  readonly vault?: readonly string[]
  readonly device?: readonly string[]
  readonly profile?: string
  readonly require?: string
  readonly only?: string
  readonly programs?: string
  readonly seed?: string
  readonly budget?: string
  readonly baseline?: string
  readonly strict?: boolean
  readonly out?: string
  readonly config?: string
  readonly 'allow-login-keyring'?: boolean
  readonly verbose?: boolean
}

/** The seed of a run that names none: the same programs every time, so that a pipeline does not flicker. */
export const usualSeed = 1
export const usualOut = 'holdfast-report'

/**
 * What `holdfast run` was asked to do, each flag checked before anything begins.
 * @throws UsageError with what was wrong, and what was probably meant
 */
export async function judgementOf(given: RunFlags, { engine, cwd }: Shell): Promise<Judgement> {
  const seed = given.seed === undefined ? usualSeed : wholeNumber('--seed', given.seed, -(2 ** 31), 2 ** 31 - 1)
  const programs = given.programs === undefined ? null : wholeNumber('--programs', given.programs, 1, 10_000_000)
  const budgetMs = given.budget === undefined ? null : milliseconds('--budget', given.budget)
  if (given.profile !== undefined) await knowProfile(given.profile, '--profile')
  if (given.require !== undefined) await knowDemand(given.require)
  const only = given.only === undefined ? null : await idsOf(given.only, engine)
  const config = await loadConfig(given.config ?? null, cwd)
  const baseline = given.baseline ?? config.baseline
  if (baseline !== null && !existsSync(resolve(cwd, baseline))) {
    const from = given.baseline === undefined ? `${config.file}: baseline` : '--baseline'
    throw new UsageError(`${from}: there is no file ${baseline}; name the file of known failures, or leave it out.`)
  }
  const devices = await engine.devices()
  const targets = await targetsOf(given.vault ?? [], given.device ?? [], config, devices, cwd)
  if (baseline !== null) {
    const { checkKnownFailures } = await import('./known-failures.ts')
    const requirements = (await engine.requirements()).map(({ id }) => id)
    await checkKnownFailures(baseline, cwd, { requirements, targets, config, devices: devices.map(({ name }) => name) })
  }
  return {
    targets,
    options: {
      seed,
      programs,
      budgetMs,
      only,
      profile: given.profile ?? null,
      strict: given.strict ?? false,
      baseline: baseline === null ? null : resolve(cwd, baseline),
      allowLoginKeyring: given['allow-login-keyring'] ?? false,
      require: given.require ?? null,
    },
    out: given.out ?? config.out ?? usualOut,
    verbose: given.verbose ?? false,
  }
}

async function knowProfile(profile: string, flag: string): Promise<void> {
  if (profiles.some((name) => name === profile)) return
  const hint = await suggestion(profile, profiles, `there are ${profiles.join(', ')}.`)
  throw new UsageError(`${flag}: there is no profile "${profile}"; ${hint}`)
}

async function knowDemand(demand: string): Promise<void> {
  const [profile = '', fidelity, ...more] = demand.split('@')
  await knowProfile(profile, '--require')
  if (more.length === 0 && (fidelity === undefined || fidelities.some((name) => name === fidelity))) return
  throw new UsageError(
    `--require: "${demand}" is not a profile and a fidelity: write ${profile} or ${profile}@F2, with one of ${fidelities.join(', ')}.`,
  )
}

async function idsOf(list: string, engine: Engine): Promise<readonly string[]> {
  const ids = list
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '')
  if (ids.length === 0) throw new UsageError('--only names no requirement: write --only ENC-01,PST-01.')
  for (const id of ids) await knowRequirement(id, engine, '--only')
  return [...new Set(ids.map((id) => id.toUpperCase()))]
}

/** @throws UsageError where there is no requirement of that id, or none with a check */
export async function knowRequirement(id: string, engine: Engine, where: string): Promise<void> {
  const known = (await engine.requirements()).map((row) => row.id)
  if (known.includes(id.toUpperCase())) return
  const excluded = (await engine.exclusions()).find((row) => row.id === id.toUpperCase())
  if (excluded !== undefined)
    throw new UsageError(`${where}: no check decides ${excluded.id} yet. ${excluded.excluded}`)
  const hint = await suggestion(id, known, 'holdfast list shows all.')
  throw new UsageError(`${where}: there is no requirement "${id}"; ${hint}`)
}
