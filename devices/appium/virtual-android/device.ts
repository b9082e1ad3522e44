import type { Device } from '../../../harness/contract/device.ts'
import type { AndroidModule } from '../../../harness/contract/vault.ts'
import { drivenAndroid } from '../android/driven-android.ts'
import { appiumDevice } from '../appium-device.ts'
import type { DriverSession } from '../driver-session.ts'
import { calibrate } from './calibration.ts'
import { firstPin } from './phone/virtual-phone.ts'
import { openPhoneHost, type PhoneHost } from './phone-host.ts'

export interface VirtualAndroidOptions {
  /** The plugin that the phone's app has on its native side. */
  readonly module: AndroidModule
  /** Where Appium and its driver are installed: the folder of a package.json. */
  readonly project: string
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
  onProgress = () => {},
}: VirtualAndroidOptions): Promise<Device> => {
  onProgress('starting adb, Appium and a virtual phone')
  const host = await openPhoneHost(project)
  try {
    return await androidOnHost(host, module, { end: async () => host[Symbol.asyncDispose]() })
  } catch (error) {
    await host[Symbol.asyncDispose]()
    throw error
  }
}

export interface OnHost {
  /** Ends more than the phone, once the device is disposed of. */
  readonly end?: () => Promise<void>
  /** Stands between the device and each session that it opens. */
  readonly through?: (session: DriverSession) => DriverSession
}

/** A device for one phone more of a host that others may be on, too. */
export const androidOnHost = async (
  host: PhoneHost,
  module: AndroidModule,
  { end = async () => {}, through = (session) => session }: OnHost = {},
): Promise<Device> => {
  const [appium, hosted] = await Promise.all([host.appium, host.start(module)])
  const { app, phone, up } = hosted
  const driven = await drivenAndroid({
    open: async () => through(await hosted.open()),
    package: app.package,
    activity: '.MainActivity',
    pin: firstPin,
    clearsData: !module.description.profiles.includes('store') || module.description.restore !== 'namespace',
    up,
    software: async () => ({ android: phone.properties()['ro.build.version.release'] ?? '', appium: appium.version }),
    *traces() {
      yield { in: 'output', where: 'appium', bytes: Buffer.from(appium.takeLog()) }
    },
    async end() {
      await hosted[Symbol.asyncDispose]()
      await end()
    },
  })
  return appiumDevice('appium-virtual-android', driven, (device) => calibrate(device, driven))
}
