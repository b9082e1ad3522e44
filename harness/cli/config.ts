import { existsSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { type PhoneEntry, type PoolEntry, phoneEntrySchema } from '../../devices/appium/phone-entry.ts'
import { controlNames } from '../contract/controls.ts'
import { type Profile, profiles } from '../contract/operations.ts'
import { devices as knownDevices } from './devices.ts'
import { suggestion } from './nearest.ts'
import { specForms, specKind } from './spec.ts'
import { UsageError } from './usage-error.ts'

const laneSchema = z.strictObject({
  vault: z.string().refine((spec) => specKind(spec) !== null, { error: `must be one of ${specForms}` }),
  device: z.string().min(1).optional(),
  profile: z.enum(profiles).optional(),
})
const name = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, 'must be letters, digits, dots, dashes and underscores')
const ownName = name.refine((own) => !knownDevices.some((device) => device.name === own), {
  error: 'is the name of a built-in device: choose another',
})
const configSchema = z.strictObject({
  vaults: z.record(name, z.union([laneSchema, z.array(laneSchema).min(1)])),
  devices: z.record(ownName, phoneEntrySchema).optional(),
  baseline: z.string().min(1).optional(),
  out: z.string().min(1).optional(),
})

/** One way to run a vault: how it is reached, and on which device. */
export interface Lane {
  /** `module:./file.ts`, `stdio:command args` or `container:image command`. */
  readonly vault: string
  /** Where it is left out, the usual one for that way. */
  readonly device?: string | undefined
  /** Judge only what is asked of this profile, where the rest is judged elsewhere already. Default: everything. */
  readonly profile?: Profile | undefined
}

/** What `holdfast.config.ts` exports by default. Paths are relative to that file. */
export interface Config {
  /** Vaults by name; several lanes where a vault is run in several ways. */
  readonly vaults: Readonly<Record<string, Lane | readonly Lane[]>>
  /** Phones by a name of your own, for `device` of a lane and `--device`. What each takes is in docs/phones.md. */
  readonly devices?: Readonly<Record<string, PhoneEntry | PoolEntry>> | undefined
  /** File of known failures. */
  readonly baseline?: string | undefined
  /** Folder for the stream and the reports. Default `holdfast-report`. */
  readonly out?: string | undefined
}

/** A configuration that was read: paths relative to the working directory, each vault with all its lanes. */
export interface LoadedConfig {
  /** The file, as people know it; null where there is none. */
  readonly file: string | null
  readonly vaults: ReadonlyMap<string, readonly Lane[]>
  readonly devices: ReadonlyMap<string, PhoneEntry | PoolEntry>
  readonly baseline: string | null
  readonly out: string | null
}

/** Gives a `holdfast.config.ts` its types. */
export function defineConfig(config: Config): Config {
  return config
}

const usual = ['holdfast.config.ts', 'holdfast.config.mts', 'holdfast.config.js', 'holdfast.config.mjs']

/**
 * Reads a configuration; without a path the one in the working directory, where there is one.
 * @throws UsageError that names the file and the key, and says what to do
 */
export async function loadConfig(path: string | null, cwd: string): Promise<LoadedConfig> {
  const file = path ?? usual.find((one) => existsSync(join(cwd, one)))
  if (file === undefined) return { file: null, vaults: new Map(), devices: new Map(), baseline: null, out: null }
  const absolute = resolve(cwd, file)
  if (!existsSync(absolute))
    throw new UsageError(`There is no configuration at ${file}: give its path with --config FILE.`)

  let module: unknown
  try {
    module = await import(pathToFileURL(absolute).href)
  } catch (error) {
    throw new UsageError(`${file} does not load: ${firstLine(error)}${lineIn(basename(absolute), error)}`, {
      cause: error,
    })
  }
  const given: unknown =
    typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined
  if (given === undefined) {
    throw new UsageError(
      `${file} exports no configuration: write \`export default defineConfig({ vaults: { ... } })\`.`,
    )
  }
  const read = configSchema.safeParse(given)
  if (!read.success) throw new UsageError(`${file}: ${await issueSentence(read.error.issues[0], given)}`)

  const stranger = strangerInPool(read.data.devices ?? {})
  if (stranger !== null) throw new UsageError(`${file}: ${stranger}`)
  const here = relative(cwd, dirname(absolute))
  const { vaults, devices = {}, baseline, out } = read.data
  return {
    file,
    vaults: new Map(
      Object.entries(vaults).map(([key, lanes]) => [key, [lanes].flat().map((lane) => moved(lane, here))]),
    ),
    devices: new Map(Object.entries(devices).map(([key, entry]) => [key, movedApp(entry, here)])),
    baseline: baseline === undefined ? null : movedPath(baseline, here),
    out: out === undefined ? null : movedPath(out, here),
  }
}

function movedPath(path: string, folder: string): string {
  return isAbsolute(path) || folder === '' ? path : join(folder, path)
}

function moved(lane: Lane, folder: string): Lane {
  const [, kind, path] = /^(module|webview|dial):(.+)$/.exec(lane.vault) ?? []
  if (path === undefined || !path.startsWith('.') || folder === '') return lane
  return { ...lane, vault: `${kind}:./${join(folder, path).replaceAll('\\', '/')}` }
}

/** A pool is of phones that the configuration names; a sentence where it is not. */
function strangerInPool(devices: Readonly<Record<string, PhoneEntry | PoolEntry>>): string | null {
  for (const [name, entry] of Object.entries(devices)) {
    if (entry.is !== 'pool') continue
    const stranger = entry.phones.find((phone) => (devices[phone]?.is ?? 'pool') === 'pool')
    if (stranger !== undefined)
      return `devices.${name}.phones: "${stranger}" is no phone of this configuration: name it under devices.`
  }
  return null
}

function movedApp(entry: PhoneEntry | PoolEntry, folder: string): PhoneEntry | PoolEntry {
  if (!('app' in entry) || !('path' in entry.app)) return entry
  return { ...entry, app: { ...entry.app, path: movedPath(entry.app.path, folder) } }
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? ''

/** Where in that file it happened, as far as the error's stack says. */
function lineIn(file: string, error: unknown): string {
  const [, after = ''] = (error instanceof Error ? (error.stack ?? '') : '').split(`${file}:`)
  const line = /^\d+/.exec(after)?.[0]
  return line === undefined ? '' : ` (line ${line})`
}

async function issueSentence(issue: z.core.$ZodIssue | undefined, given: unknown): Promise<string> {
  if (issue === undefined) return 'it is not a configuration.'
  // A choice that says what it wants is told by its own words.
  const nested =
    issue.code === 'invalid_union' && issue.message === 'Invalid input' ? issue.errors.map((errors) => errors[0]) : []
  // Of a lane and a list of lanes, the nearer miss is the one that looked further inside.
  const deepest = nested
    .filter((one) => one !== undefined)
    .sort((a, b) => b.path.length - a.path.length || codeRank(a) - codeRank(b))[0]
  if (deepest !== undefined) return issueSentence({ ...deepest, path: [...issue.path, ...deepest.path] }, given)
  const where = issue.path.join('.') || 'the configuration'
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? ''
    const known = knownKeys(issue.path, given)
    return `${where} has no key "${key}"; ${await suggestion(key, known, `there are ${known.join(', ')}.`)}`
  }
  const detail = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message
  const secret = issue.path.includes('pin')
  const value = issue.input === undefined || secret ? '' : ` (it is ${JSON.stringify(issue.input)})`
  return `${where}: ${detail.replace(/^Invalid input: /, '')}${value}.`
}

function knownKeys(path: readonly PropertyKey[], given: unknown): readonly string[] {
  if (path.length === 0) return Object.keys(configSchema.shape)
  if (path[0] !== 'devices') return Object.keys(laneSchema.shape)
  if (path[2] === 'controls') return controlNames
  const entries = z.object({ devices: z.record(z.string(), z.object({ is: z.string() })) }).safeParse(given)
  const is = entries.success ? entries.data.devices[String(path[1])]?.is : undefined
  const option = phoneEntrySchema.options.find(({ shape }) => shape.is.value === is)
  return Object.keys(option?.shape ?? {})
}

const codeRank = ({ code }: z.core.$ZodIssue): number => (code === 'invalid_type' ? 1 : 0)
