import { join } from 'node:path'
import type { Device } from '../../../harness/contract/device.ts'
import type { IosModule } from '../../../harness/contract/vault.ts'
import { appiumDevice } from '../appium-device.ts'
import { startAppium } from '../appium-server.ts'
import { calibrateBy } from '../calibration.ts'
import { openSwitchboard } from '../dial/switchboard.ts'
import { openSession } from '../driver-session.ts'
import { needed } from '../executable.ts'
import { iosSimulator } from '../ios/ios-simulator.ts'
import { createOwnRun } from '../own-run.ts'
import { type OnWire, tapWire } from '../wire-tap.ts'
import { makeAppiumHome } from './appium-home.ts'
import { passcode } from './phone/iphone.ts'
import { pluginApp } from './plugin-app.ts'
import { probes } from './probes.ts'
import { startIphone } from './start-iphone.ts'

export interface VirtualIosOptions {
  /** The plugin that the phone's app has on its native side. */
  readonly module: IosModule
  /** Where Appium is installed: the folder of a package.json. */
  readonly project: string
  /** How the app is reached: by its page, or by connecting out to us. Default `page`. */
  readonly by?: 'page' | 'dial'
  /** Told of all that goes over webdriverio's wire. */
  readonly onWire?: OnWire
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
  onWire,
  onProgress = () => {},
}: VirtualIosOptions): Promise<Device> => {
  const chromium = needed('Chromium', ['chromium', 'chromium-browser', 'google-chrome'], 'chromium')
  const run = await createOwnRun()
  try {
    onProgress('starting Appium and a virtual iPhone')
    const home = await makeAppiumHome(run.folder)
    const starting = startAppium(run, {
      project,
      driver: { name: 'holdfast-virtual-ios', package: null },
      insecure: [],
      env: { ...process.env, HOME: run.folder, TMPDIR: run.folder, APPIUM_HOME: home },
    })
    // What fails first is told; the other ends with the run.
    starting.catch(() => undefined)
    const app = await pluginApp(module)
    const [appium, started] = await Promise.all([starting, startIphone(run, chromium, app)])
    const tap = onWire === undefined ? null : await tapWire(appium.port, onWire)
    const driven = await iosSimulator({
      open: () =>
        openSession(tap?.port ?? appium.port, {
          platformName: 'iOS',
          'appium:automationName': 'HoldfastVirtualIOS',
          'appium:webDriverAgentUrl': started.url,
          'appium:bundleId': app.bundleId,
          'appium:autoLaunch': false,
          'appium:newCommandTimeout': 0,
        }),
      bundleId: app.bundleId,
      kind: name,
      beyond: {
        newer: join(run.folder, 'Vault.app'),
        pass: async (ms) => started.phone.pass(ms),
        useKind: started.phone.become,
        restoreOnAnother: started.phone.restoreOnAnother,
      },
      app: join(run.folder, 'Vault.app'),
      clearsData: !module.description.profiles.includes('store') || module.description.restore !== 'namespace',
      feature: 'touchId',
      passcode,
      software: async () => ({ ios: String(started.phone.systemVersion()), appium: appium.version }),
      *traces() {
        yield { in: 'output', where: 'appium', bytes: Buffer.from(appium.takeLog()) }
      },
      async end() {
        await tap?.[Symbol.asyncDispose]()
        await started[Symbol.asyncDispose]()
        await run[Symbol.asyncDispose]()
      },
    })
    const calibrate = calibrateBy({ fidelity: 'F0', probes })
    const dial = by === 'dial' ? await openSwitchboard() : null
    return appiumDevice(name, driven, (device) => calibrate(device, driven), dial)
  } catch (error) {
    await run[Symbol.asyncDispose]()
    throw error
  }
}
