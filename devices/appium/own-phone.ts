import { resolve } from 'node:path'
import type { Device } from '../../harness/contract/device.ts'
import type { Environment, FacetState, Fidelity } from '../../harness/contract/environment.ts'
import { drivenAndroid } from './android/driven-android.ts'
import { appiumDevice } from './appium-device.ts'
import { startAppium } from './appium-server.ts'
import { openSwitchboard } from './dial/switchboard.ts'
import type { DrivenPhone } from './driven-phone.ts'
import { type DriverSession, openSessionAt } from './driver-session.ts'
import { withHooks } from './hook-controls.ts'
import { iosSimulator } from './ios/ios-simulator.ts'
import { lockSecret } from './lock-secret.ts'
import { appForDriver, type OwnApp, ownApp } from './own-app.ts'
import { createOwnRun } from './own-run.ts'
import type { OwnPhoneEntry } from './phone-entry.ts'
import { PhoneUnavailable } from './phone-unavailable.ts'

export interface OwnPhoneOptions {
  /** As the configuration names it. */
  readonly name: string
  readonly entry: OwnPhoneEntry
  /** Package or bundle id of the app under test. */
  readonly appId: string
  /** Where Appium and its driver are installed, where one is to be started. */
  readonly project: string
  /** How the app is reached: by its page, or by connecting out to us. Default `page`. */
  readonly by?: 'page' | 'dial'
  readonly onProgress?: (step: string) => void
}

/** An Appium that can be asked, and what ends with us. */
interface Reached extends AsyncDisposable {
  readonly url: string
  takeLog(): string
}

const fidelityOf = (entry: OwnPhoneEntry): Fidelity => (entry.is === 'appium' ? entry.fidelity : 'F2')
const platformOf = (entry: OwnPhoneEntry): 'android' | 'ios' =>
  entry.is === 'appium' ? entry.platform : entry.is === 'android-emulator' ? 'android' : 'ios'

/** Starts an Appium of ours for an emulator or a simulator; one that somebody else started is used as it is. */
const reach = async (entry: OwnPhoneEntry, project: string): Promise<Reached> => {
  if (entry.is === 'appium') return { url: entry.url, takeLog: () => '', async [Symbol.asyncDispose]() {} }
  const run = await createOwnRun()
  try {
    const name = entry.is === 'android-emulator' ? 'uiautomator2' : 'xcuitest'
    const appium = await startAppium(run, {
      project,
      driver: { name, package: `appium-${name}-driver` },
      insecure: name === 'uiautomator2' ? ['adb_shell', 'emulator_console'] : [],
      env: process.env,
    })
    return {
      url: `http://127.0.0.1:${appium.port}/`,
      takeLog: appium.takeLog,
      [Symbol.asyncDispose]: () => run[Symbol.asyncDispose](),
    }
  } catch (error) {
    await run[Symbol.asyncDispose]()
    throw error
  }
}

const automation = { android: 'UiAutomator2', ios: 'XCUITest' } as const

/** What a session is opened with; what the configuration says comes last. */
export const capabilitiesOf = (entry: OwnPhoneEntry, appId: string): Readonly<Record<string, unknown>> => {
  const { app } = entry
  const platform = platformOf(entry)
  const from = appForDriver(entry)
  return {
    platformName: platform === 'android' ? 'Android' : 'iOS',
    'appium:automationName': automation[platform],
    'appium:newCommandTimeout': 0,
    'appium:noReset': true,
    'appium:autoLaunch': false,
    ...(platform === 'android' ? { 'appium:appPackage': appId } : { 'appium:bundleId': appId }),
    ...('serial' in entry ? { 'appium:udid': entry.serial, 'appium:adbPort': entry.adbPort ?? 5037 } : {}),
    ...('udid' in entry ? { 'appium:udid': entry.udid } : {}),
    ...(from === null ? {} : { 'appium:app': from }),
    ...('install' in app && app.install === 'always' ? { 'appium:enforceAppInstall': true } : {}),
    ...entry.capabilities,
  }
}

const drive = async (
  entry: OwnPhoneEntry,
  app: OwnApp,
  appium: Reached,
): Promise<{ readonly phone: DrivenPhone; readonly platform: 'android' | 'ios' }> => {
  const platform = platformOf(entry)
  const { id: appId } = app.told()
  let software: Readonly<Record<string, string>> = {}
  let brought = false
  let serial = 'serial' in entry ? entry.serial : ''
  const open = async (): Promise<DriverSession> => {
    const session = await openSessionAt(appium.url, capabilitiesOf(entry, appId))
    const { platformVersion, deviceName, deviceUDID } = session.capabilities as Readonly<Record<string, unknown>>
    if (typeof deviceUDID === 'string') serial = deviceUDID
    software = { [platform]: String(platformVersion ?? 'unknown'), phone: String(deviceName ?? 'unnamed') }
    if (!brought) await app.bring(session)
    brought = true
    return session
  }
  const restores = [entry.restore ?? 'fresh-names'].flat()
  if ('id' in entry.app && restores.includes('reinstall'))
    throw new PhoneUnavailable(
      `restore: 'reinstall' needs the file of ${appId}: name it by app: { path } in the config.`,
    )
  const file = 'path' in entry.app ? entry.app.path : 'url' in entry.app ? entry.app.url : null
  const newer = 'path' in entry.app ? entry.app.newer : undefined
  const beyond = { ...(file !== null && { app: file }), ...(newer !== undefined && { newer }) }
  const parts = {
    open,
    beyond,
    restores,
    software: async () => software,
    *traces() {
      yield { in: 'output', where: 'appium', bytes: Buffer.from(appium.takeLog()) } as const
    },
    end: async () => appium[Symbol.asyncDispose](),
  }
  if (platform === 'ios') {
    const feature = ('biometry' in entry ? entry.biometry : undefined) ?? 'faceId'
    const passcode = 'pin' in entry && entry.pin !== undefined ? lockSecret(entry.pin) : null
    return { platform, phone: await iosSimulator({ ...parts, bundleId: appId, app: file, feature, passcode }) }
  }
  const pin = 'pin' in entry ? entry.pin : undefined
  if (pin === undefined) throw new PhoneUnavailable("An Android phone needs its PIN: write pin: { env: 'PHONE_PIN' }.")
  const activity = ('activity' in entry ? entry.activity : undefined) ?? '.MainActivity'
  // The driver's next session waits for the phone by itself.
  const up = async () => {}
  const adbPort = Number(('adbPort' in entry ? entry.adbPort : entry.capabilities?.['appium:adbPort']) ?? 5037)
  const adb = () => ({ adbPort, serial })
  return {
    platform,
    phone: await drivenAndroid({
      ...parts,
      package: appId,
      activity,
      pin: lockSecret(pin),
      up,
      adb,
      ...('path' in entry.app ? { file: resolve(entry.app.path) } : {}),
    }),
  }
}

const mark = 'holdfast-process-mark'
const unseen: FacetState = { is: 'unproven', why: 'an app without a page shows nothing of its memory' }
/** Whether killing the app ends its page. The one facet that needs no native code of ours in the app. */
export const processDeath = async (phone: DrivenPhone): Promise<FacetState> => {
  await phone.restore()
  await phone.showApp()
  await phone.inPage('globalThis.holdfastMark = arguments[0]; return Promise.resolve(null)', mark)
  await phone.killApp()
  await phone.showApp()
  const after = await phone.inPage('return Promise.resolve(globalThis.holdfastMark ?? null)')
  return after === null
    ? { is: 'proven', evidence: 'what the page held in memory was gone after the app was stopped' }
    : { is: 'disproven', evidence: 'the page held a value after the app was stopped' }
}

/**
 * A phone of one's own: an emulator, a simulator, or whatever an Appium leads to.
 * @throws PhoneUnavailable where something on the way to it is not there
 */
export const ownPhone = async ({
  name,
  entry,
  appId,
  project,
  by = 'page',
  onProgress = () => {},
}: OwnPhoneOptions): Promise<Device> => {
  if ('id' in entry.app && entry.app.id !== appId)
    throw new PhoneUnavailable(`The phone ${name} has the app ${entry.app.id}, and the vault is in ${appId}.`)
  onProgress(`opening a session with the phone ${name}`)
  const appium = await reach(entry, project)
  try {
    const app = await ownApp(entry, appId)
    const { phone } = await drive(entry, app, appium)
    const driven = withHooks(phone, entry.controls ?? {})
    const calibrate = async (device: Device): Promise<Environment> => ({
      device: name,
      fidelity: fidelityOf(entry),
      software: await driven.software(),
      facets: { 'process-death': by === 'page' ? await processDeath(driven) : unseen },
      controls: [...device.controls],
      app: app.told(),
      lacks: driven.lacks,
    })
    return appiumDevice(name, driven, calibrate, by === 'dial' ? await openSwitchboard() : null)
  } catch (error) {
    await appium[Symbol.asyncDispose]()
    throw error
  }
}
