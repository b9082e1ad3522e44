import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Lane, LoadedConfig } from './config.ts'
import type { DeviceRow, TargetSpec } from './engine.ts'
import { suggestion } from './nearest.ts'
import { nameOfSpec, specForms, specKind, specKinds } from './spec.ts'
import { UsageError } from './usage-error.ts'

/**
 * The targets that were asked for: every vault on every device. Without vaults all of the configuration, without
 * devices each vault's own.
 * @param vaults SPECs, or names of the configuration
 * @throws UsageError with what was probably meant
 */
export async function targetsOf(
  vaults: readonly string[],
  devices: readonly string[],
  config: LoadedConfig,
  known: readonly DeviceRow[],
  cwd: string,
): Promise<readonly TargetSpec[]> {
  const names = [...known.map(({ name }) => name), ...config.devices.keys()]
  for (const device of devices) await knowDevice(device, names, '--device')
  const wanted = vaults.length > 0 ? vaults : [...config.vaults.keys()]
  if (wanted.length === 0) {
    throw new UsageError(
      config.file === null
        ? `There is no vault to judge: give one with --vault SPEC (${specForms}), or name your vaults in holdfast.config.ts.`
        : `${config.file} names no vault: add one to \`vaults\`, or give one with --vault SPEC (${specForms}).`,
    )
  }
  const targets: TargetSpec[] = []
  for (const vault of wanted) {
    const spec = specKind(vault) !== null
    const name = spec ? nameOfSpec(vault) : vault
    const lanes: readonly Lane[] = spec ? [{ vault }] : await lanesOf(vault, config)
    for (const { lane, device } of await onDevices(vault, lanes, devices, names, config)) {
      knowModule(lane.vault, cwd)
      const only = lane.profile === undefined ? {} : { profile: lane.profile }
      targets.push({ name: `${name}@${device}`, vault: lane.vault, device, ...only, ...phonesOf(device, config) })
    }
  }
  return apart(targets)
}

/** How a device is reached that the configuration names. */
function phonesOf(device: string, { devices }: LoadedConfig): Pick<TargetSpec, 'phone' | 'pool'> {
  const entry = devices.get(device)
  if (entry === undefined) return {}
  if (entry.is !== 'pool') return { phone: entry }
  const pool = entry.phones.flatMap((name) => {
    const phone = devices.get(name)
    return phone === undefined || phone.is === 'pool' ? [] : [{ name, entry: phone }]
  })
  return { pool }
}

async function lanesOf(vault: string, config: LoadedConfig): Promise<readonly Lane[]> {
  const lanes = config.vaults.get(vault)
  if (lanes !== undefined) return lanes
  const where = config.file ?? 'holdfast.config.ts (there is none here)'
  const otherwise = `or write it as ${specForms}.`
  const hint = await suggestion(vault, [...config.vaults.keys()], otherwise)
  throw new UsageError(`There is no vault "${vault}" in ${where}; ${hint}`)
}

async function onDevices(
  vault: string,
  lanes: readonly Lane[],
  devices: readonly string[],
  names: readonly string[],
  config: LoadedConfig,
): Promise<readonly { readonly lane: Lane; readonly device: string }[]> {
  const own = lanes.map((lane) => ({ lane, device: lane.device ?? usualDevice(lane.vault) }))
  for (const { lane } of own) {
    if (lane.device !== undefined) await knowDevice(lane.device, names, `${config.file}: vaults.${vault}.device`)
  }
  if (devices.length === 0) return own
  return devices.flatMap((device) => {
    const fitting = own.filter((one) => one.device === device)
    const [only] = own
    if (fitting.length > 0 || own.length !== 1 || only === undefined) {
      if (fitting.length > 0) return fitting
      const has = own.map((one) => one.device).join(', ')
      throw new UsageError(`The vault "${vault}" has no lane on the device ${device}; it has ${has}.`)
    }
    return [{ lane: only.lane, device }]
  })
}

function usualDevice(spec: string): string {
  const kind = specKind(spec)
  return kind === null ? 'model' : specKinds[kind].device
}

async function knowDevice(device: string, names: readonly string[], where: string): Promise<void> {
  if (names.includes(device)) return
  const hint = await suggestion(device, names, `there are ${names.join(', ')}.`)
  throw new UsageError(`${where}: there is no device "${device}"; ${hint}`)
}

function knowModule(spec: string, cwd: string): void {
  if (specKind(spec) !== 'module') return
  const path = spec.slice('module:'.length)
  if (existsSync(resolve(cwd, path))) return
  throw new UsageError(
    `The vault ${spec} is not there: no file ${path} in ${cwd}; give the path of an adapter's module.`,
  )
}

/** Two vaults of one name on one device are told apart by a number; the same one twice is one. */
function apart(targets: readonly TargetSpec[]): readonly TargetSpec[] {
  const taken = new Map<string, TargetSpec>()
  for (const target of targets) {
    let { name } = target
    for (let turn = 2; taken.has(name) && taken.get(name)?.vault !== target.vault; turn += 1) {
      const at = target.name.lastIndexOf('@')
      name = `${target.name.slice(0, at)}-${turn}${target.name.slice(at)}`
    }
    taken.set(name, { ...target, name })
  }
  return [...taken.values()]
}
