import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Device } from '../../../harness/contract/device.ts'
import type { AndroidModule } from '../../../harness/contract/vault.ts'
import { drivenAndroid } from '../android/driven-android.ts'
import { appiumDevice } from '../appium-device.ts'
import { declaredWays } from '../declared-ways.ts'
import { openSwitchboard } from '../dial/switchboard.ts'
import type { DriverSession } from '../driver-session.ts'
import type { OnWire } from '../wire-tap.ts'
import { calibrate } from './calibration.ts'
import { becomeKind, restoreOnAnother } from './phone/another-phone.ts'
import { firstPin } from './phone/virtual-phone.ts'
import { openPhoneHost, type PhoneHost } from './phone-host.ts'
import { forgingAgent } from './shell/activity-manager.ts'

export interface VirtualAndroidOptions {
  /** The plugin that the phone's app has on its native side. */
  readonly module: AndroidModule
  /** Where Appium and its driver are installed: the folder of a package.json. */
  readonly project: string
  /** How the app is reached: by its page, or by connecting out to us. Default `page`. */
  readonly by?: 'page' | 'dial'
  /** Told of all that goes over the wires between us and the phone. */
  readonly onWire?: OnWire
  readonly onProgress?: (step: string) => void
}

/**
 * The device `appium-virtual-android`: a simulated phone behind real adb, Appium, its UiAutomator2 driver and chromedriver.
 * Everything is started here, on free ports of the loopback, and ended with it.
 * @throws PhoneUnavailable where something of that is not there
 */
export const appiumVirtualAndroid = async ({
  module,
  project,
  by = 'page',
  onWire,
  onProgress = () => {},
}: VirtualAndroidOptions): Promise<Device> => {
  onProgress('starting adb, Appium and a virtual phone')
  const host = await openPhoneHost(project, onWire)
  try {
    return await androidOnHost(host, module, { by, end: async () => host[Symbol.asyncDispose]() })
  } catch (error) {
    await host[Symbol.asyncDispose]()
    throw error
  }
}

export interface OnHost extends Pick<VirtualAndroidOptions, 'by'> {
  /** Ends more than the phone, once the device is disposed of. */
  readonly end?: () => Promise<void>
  /** Stands between the device and each session that it opens. */
  readonly through?: (session: DriverSession) => DriverSession
}

/** A device for one phone more of a host that others may be on, too. */
export const androidOnHost = async (
  host: PhoneHost,
  module: AndroidModule,
  { by = 'page', end = async () => {}, through = (session) => session }: OnHost = {},
): Promise<Device> => {
  const [appium, hosted] = await Promise.all([host.appium, host.start(module)])
  const { app, phone, up } = hosted
  // What is in it the phone does not look at.
  const file = join(host.folder, 'vault.apk')
  await writeFile(file, 'an app of the virtual phone\n')
  const driven = await drivenAndroid({
    open: async () => through(await hosted.open()),
    package: app.package,
    activity: '.MainActivity',
    pin: firstPin,
    restores: declaredWays(module.description),
    up,
    kind: 'appium-virtual-android',
    beyond: {
      app: file,
      newer: file,
      pass: async (by) => void phone.simulation.act({ control: 'advance-clock', by }),
      forge: `am attach-agent ${app.package} ${forgingAgent}`,
      system: 'file:///data/ota_package/payload.bin',
      useKind: (profile) => becomeKind(phone, profile),
      takeRestored: phone.simulation.takeRestored,
      restoreOnAnother: () => restoreOnAnother(phone),
    },
    adb: () => hosted.onAdb,
    software: async () => ({ android: phone.properties()['ro.build.version.release'] ?? '', appium: appium.version }),
    *traces() {
      yield { in: 'output', where: 'appium', bytes: Buffer.from(appium.takeLog()) }
    },
    async end() {
      await hosted[Symbol.asyncDispose]()
      await end()
    },
  })
  const dial = by === 'dial' ? await openSwitchboard() : null
  return appiumDevice('appium-virtual-android', driven, (device) => calibrate(device, driven), dial)
}
