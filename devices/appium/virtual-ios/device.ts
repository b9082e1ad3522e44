import { join } from 'node:path'
import type { Device } from '../../../harness/contract/device.ts'
import type { IosModule } from '../../../harness/contract/vault.ts'
import { appiumDevice } from '../appium-device.ts'
import { calibrateBy } from '../calibration.ts'
import { declaredWays } from '../declared-ways.ts'
import { openSwitchboard } from '../dial/switchboard.ts'
import type { DriverSession } from '../driver-session.ts'
import { iosSimulator } from '../ios/ios-simulator.ts'
import { type IphoneHost, openIphoneHost } from './iphone-host.ts'
import { passcode } from './phone/iphone.ts'
import { probes } from './probes.ts'

export interface VirtualIosOptions {
  /** The plugin that the phone's app has on its native side. */
  readonly module: IosModule
  /** Where Appium is installed: the folder of a package.json. */
  readonly project: string
  /** How the app is reached: by its page, or by connecting out to us. Default `page`. */
  readonly by?: 'page' | 'dial'
  readonly onProgress?: (step: string) => void
}

const name = 'appium-virtual-ios'

/**
 * The device `appium-virtual-ios`: a simulated iPhone behind a real Appium and a driver of ours, since XCUITest needs macOS.
 * Everything is started here, on free ports of the loopback, and ended with it.
 * @throws PhoneUnavailable where something of that is not there
 */
export const appiumVirtualIos = async ({
  module,
  project,
  by = 'page',
  onProgress = () => {},
}: VirtualIosOptions): Promise<Device> => {
  onProgress('starting Appium and a virtual iPhone')
  const host = await openIphoneHost(project)
  try {
    return await iosOnHost(host, module, { by, end: async () => host[Symbol.asyncDispose]() })
  } catch (error) {
    await host[Symbol.asyncDispose]()
    throw error
  }
}

export interface OnIphoneHost extends Pick<VirtualIosOptions, 'by'> {
  /** Ends more than the phone, once the device is disposed of. */
  readonly end?: () => Promise<void>
  /** Stands between the device and each session that it opens. */
  readonly through?: (session: DriverSession) => DriverSession
}

/** A device for one iPhone more of a host that others may be on, too. */
export const iosOnHost = async (
  host: IphoneHost,
  module: IosModule,
  { by = 'page', end = async () => {}, through = (session) => session }: OnIphoneHost = {},
): Promise<Device> => {
  const [appium, hosted] = await Promise.all([host.appium, host.start(module)])
  const { app, phone } = hosted
  const driven = await iosSimulator({
    open: async () => through(await hosted.open()),
    bundleId: app.bundleId,
    kind: name,
    beyond: {
      newer: join(host.folder, 'Vault.app'),
      pass: async (ms) => phone.pass(ms),
      useKind: phone.become,
      restoreOnAnother: phone.restoreOnAnother,
    },
    app: join(host.folder, 'Vault.app'),
    restores: declaredWays(module.description),
    feature: 'touchId',
    passcode,
    software: async () => ({ ios: String(phone.systemVersion()), appium: appium.version }),
    *traces() {
      yield { in: 'output', where: 'appium', bytes: Buffer.from(appium.takeLog()) }
    },
    async end() {
      await hosted[Symbol.asyncDispose]()
      await end()
    },
  })
  const calibrate = calibrateBy({ fidelity: 'F0', probes })
  const dial = by === 'dial' ? await openSwitchboard() : null
  return appiumDevice(name, driven, (device) => calibrate(device, driven), dial)
}
