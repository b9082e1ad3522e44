import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type OwnPhoneEntry, virtualDevice } from '../../devices/appium/phone-entry.ts'
import { protocolTarget } from '../adapters/protocol-target.ts'
import type { Device } from '../contract/device.ts'
import type { AndroidModule, AnyVaultModule, IosModule, VaultModule } from '../contract/vault.ts'
import type { Budget } from '../engine/judge-target.ts'
import { AdapterFault, inProcessTarget, type Target } from '../engine/target.ts'
import { isDriven, isSimulated } from './devices.ts'
import type { TargetSpec } from './engine.ts'
import { patienceOf, usualPatience } from './patience.ts'
import { specKind } from './spec.ts'
import { refuseDevice } from './wrong-device.ts'

export interface WiringOptions {
  readonly allowLoginKeyring: boolean
  readonly cwd: string
  /** Told what is being prepared, where that takes long. */
  readonly onProgress: (step: string) => void
  /** Milliseconds for a handshake; default as usual. */
  readonly handshakeMs?: number
}

/** Milliseconds for a handshake, and for one call where hanging cannot be known exactly. */
export const { handshakeMs, callMs: deadlineMs } = usualPatience

interface Costs {
  readonly quick: Budget
  readonly full: Budget
}
/** What may be spent where: a command costs a microsecond in process and milliseconds behind a daemon. */
const simulated: Costs = {
  quick: { programs: 150, commands: 20, shrinkRuns: 600 },
  full: { programs: 1500, commands: 30, shrinkRuns: 2000 },
}
const real: Costs = {
  quick: { programs: 18, commands: 10, shrinkRuns: 20 },
  full: { programs: 120, commands: 20, shrinkRuns: 80 },
}

/** A phone behind a driver, where a finger more takes a second. */
const driven: Costs = {
  quick: { programs: 6, commands: 8, shrinkRuns: 12 },
  full: { programs: 60, commands: 12, shrinkRuns: 60 },
}

/** A machine that takes seconds to start, more than once in most programs. */
const booted: Costs = {
  quick: { programs: 3, commands: 8, shrinkRuns: 4 },
  full: { programs: 20, commands: 12, shrinkRuns: 20 },
}

const costsOf = (device: string): Costs => {
  if (isSimulated(device)) return simulated
  if (isDriven(device)) return driven
  return device.startsWith('linux-vm') ? booted : real
}

/** Budget of a device by its name. */
export const budgetOf = (device: string, full: boolean): Budget => costsOf(device)[full ? 'full' : 'quick']

/** Brings one target up: its device, and its vault connected to it. */
export async function openTarget(spec: TargetSpec, options: WiringOptions): Promise<Target> {
  const kind = specKind(spec.vault)
  const rest = spec.vault.slice(spec.vault.indexOf(':') + 1).trim()
  if (kind === 'module') {
    const module = await loadModule(rest, options.cwd)
    refuseDevice(spec, module.description.platform ?? 'desktop')
    return inProcessTarget(module, await openDevice(spec.device, options, null))
  }
  if (kind === 'webview' || kind === 'dial') return openInApp(spec, rest, kind === 'dial' ? 'dial' : 'page', options)
  refuseDevice(spec, 'process')
  const [first, ...more] = words(rest)
  if (first === undefined)
    throw new AdapterFault(`The vault '${spec.vault}' names no command: write stdio:command args.`)
  const image = kind === 'container' ? first : null
  const command = kind === 'container' ? more : [first, ...more]
  const device = await openDevice(spec.device, options, image)
  try {
    return await protocolTarget({
      device,
      command,
      deadlineMs: options.handshakeMs ?? patienceOf(spec.device).handshakeMs,
    })
  } catch (error) {
    await device[Symbol.asyncDispose]()
    throw error
  }
}

/** Phones behind Appium by name, and what their app is written for. */
const pagePlatforms: ReadonlyMap<string, 'android' | 'ios'> = new Map([
  ['appium-virtual-android', 'android'],
  ['appium-virtual-ios', 'ios'],
])

/** A vault in an app, on a phone that is driven through Appium. */
async function openInApp(
  { device: name, phone }: TargetSpec,
  path: string,
  by: 'page' | 'dial',
  options: WiringOptions,
): Promise<Target> {
  const own = phone === undefined ? null : virtualDevice(phone)
  if (phone !== undefined && phone.is !== 'virtual-android' && phone.is !== 'virtual-ios')
    return openOwnPhone(name, phone, path, by, options)
  const platform = pagePlatforms.get(own ?? name)
  if (platform === undefined)
    throw new AdapterFault(
      `A vault in an app runs on a phone behind Appium, and '${name}' is none: use appium-virtual-android or appium-virtual-ios, or name a phone of yours in holdfast.config.ts.`,
    )
  const module = (await loadModule(path, options.cwd)) as AnyVaultModule
  if (module.description.platform !== platform)
    throw new AdapterFault(
      `The module ${path} is not written for ${platform === 'ios' ? 'iOS' : 'Android'}, as the app of ${name} needs it.`,
    )
  return appTarget(await openPhone(platform, module, by, options), path, options)
}

async function appTarget(device: Device, path: string, options: WiringOptions): Promise<Target> {
  try {
    return await protocolTarget({
      device,
      command: [`webview:${path}`],
      deadlineMs: options.handshakeMs ?? handshakeMs,
    })
  } catch (error) {
    await device[Symbol.asyncDispose]()
    throw error
  }
}

/** The app on a phone of one's own: what follows the colon is its id there. */
async function openOwnPhone(
  name: string,
  entry: OwnPhoneEntry,
  app: string,
  by: 'page' | 'dial',
  options: WiringOptions,
): Promise<Target> {
  if (!/^[\w-]+(\.[\w-]+)+$/.test(app))
    throw new AdapterFault(
      `On the phone ${name} a vault is in an app: write webview: and its id, as webview:com.example.app, not '${app}'.`,
    )
  const { ownPhone } = await import('../../devices/appium/own-phone.ts')
  const { cwd, onProgress } = options
  return appTarget(await ownPhone({ name, entry, appId: app, project: cwd, by, onProgress }), app, options)
}

async function openPhone(
  platform: 'android' | 'ios',
  module: AnyVaultModule,
  by: 'page' | 'dial',
  { cwd, onProgress }: WiringOptions,
): Promise<Device> {
  if (platform === 'ios') {
    const { appiumVirtualIos } = await import('../../devices/appium/virtual-ios/device.ts')
    return appiumVirtualIos({ module: module as IosModule, project: cwd, by, onProgress })
  }
  const { appiumVirtualAndroid } = await import('../../devices/appium/virtual-android/device.ts')
  return appiumVirtualAndroid({ module: module as AndroidModule, project: cwd, by, onProgress })
}

export async function openDevice(
  name: string,
  { allowLoginKeyring, cwd, onProgress }: WiringOptions,
  image: string | null,
): Promise<Device> {
  switch (name) {
    case 'model': {
      const { model } = await import('../../devices/model/model.ts')
      return model()
    }
    case 'virtual-android': {
      const { virtualAndroid } = await import('../../devices/virtual/android/device.ts')
      return virtualAndroid()
    }
    case 'virtual-ios':
    case 'virtual-ios-simulator': {
      const { virtualIos } = await import('../../devices/virtual/ios/device.ts')
      return virtualIos({ enforcesAccessControl: name === 'virtual-ios' })
    }
    case 'host': {
      const { host } = await import('../../devices/host/host.ts')
      const { nodePorts } = await import('../../reference/ports/node-ports.ts')
      return host({ allowLoginKeyring, ports: nodePorts })
    }
    case 'linux-container':
    case 'linux-keepassxc': {
      const { linuxContainer } = await import('../../devices/linux/device.ts')
      const provider = name === 'linux-keepassxc' ? 'keepassxc' : 'gnome-keyring'
      return linuxContainer({ provider, project: cwd, onProgress, ...(image === null ? {} : { image }) })
    }
    case 'linux-vm':
    case 'linux-vm-login': {
      const { linuxVm } = await import('../../devices/vm/device.ts')
      return linuxVm({ project: cwd, onProgress, start: name === 'linux-vm' ? 'tiny' : 'systemd' })
    }
    default:
      throw new AdapterFault(`There is no device '${name}'.`)
  }
}

async function loadModule(path: string, cwd: string): Promise<VaultModule> {
  let loaded: unknown
  try {
    loaded = await import(pathToFileURL(resolve(cwd, path)).href)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    throw new AdapterFault(`The module ${path} does not load: ${why}`, { cause })
  }
  const given: unknown =
    typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : undefined
  const { descriptionSchema } = await import('../contract/description.ts')
  const { descriptionIssue } = await import('../adapters/description-issue.ts')
  const open = typeof given === 'object' && given !== null && 'open' in given ? given.open : undefined
  const description = descriptionSchema.safeParse(
    typeof given === 'object' && given !== null && 'description' in given ? given.description : undefined,
  )
  if (typeof open !== 'function')
    throw new AdapterFault(`The module ${path} exports no vault: write \`export default { description, open }\`.`)
  if (!description.success)
    throw new AdapterFault(`The module ${path} describes its vault wrongly: ${descriptionIssue(description.error)}`)
  return { description: description.data, open: (context) => Reflect.apply(open, given, [context]) }
}

/** Splits a command as a shell does, with quotes and without anything else. */
export function words(command: string): readonly string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  )
}
