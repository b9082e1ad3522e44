import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Device } from '../../../harness/contract/device.ts'
import type { AndroidModule } from '../../../harness/contract/vault.ts'
import { startAdbServer } from '../android/adb-server.ts'
import { drivenAndroid } from '../android/driven-android.ts'
import { makeSdkFolder } from '../android/sdk-folder.ts'
import { appiumDevice } from '../appium-device.ts'
import { startAppium } from '../appium-server.ts'
import { openSwitchboard } from '../dial/switchboard.ts'
import { openSession } from '../driver-session.ts'
import { needed } from '../executable.ts'
import { freePort } from '../free-port.ts'
import { createOwnRun } from '../own-run.ts'
import { type OnWire, tapWire } from '../wire-tap.ts'
import { calibrate } from './calibration.ts'
import { becomeKind, restoreOnAnother } from './phone/another-phone.ts'
import { firstPin } from './phone/virtual-phone.ts'
import { pluginApp } from './plugin-app.ts'
import { forgingAgent } from './shell/activity-manager.ts'
import { startPhone } from './start-phone.ts'
import { chromiumPages } from './webview/chromium-pages.ts'
import { requireFitting } from './webview/fitting-driver.ts'

export interface VirtualAndroidOptions {
  /** The plugin that the phone's app has on its native side. */
  readonly module: AndroidModule
  /** Where Appium and its driver are installed: the folder of a package.json. */
  readonly project: string
  /** How the app is reached: by its page, or by connecting out to us. Default `page`. */
  readonly by?: 'page' | 'dial'
  /** Told of all that goes over webdriverio's wire and adb's. */
  readonly onWire?: OnWire
  readonly onProgress?: (step: string) => void
}

/** What a session with a phone that needs nothing installed is opened with. */
const quickly = {
  'appium:noReset': true,
  'appium:autoLaunch': false,
  'appium:skipServerInstallation': true,
  'appium:skipDeviceInitialization': true,
  'appium:skipUnlock': true,
  'appium:skipLogcatCapture': true,
  'appium:ignoreHiddenApiPolicyError': true,
  'appium:suppressKillServer': true,
  // It has one webview, and what is in it is seen when it is asked.
  'appium:ensureWebviewsHavePages': false,
  'appium:enableWebviewDetailsCollection': false,
  'appium:newCommandTimeout': 0,
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
  const adb = needed('adb', ['adb'], 'adb')
  const chromium = needed('Chromium', ['chromium', 'chromium-browser', 'google-chrome'], 'chromium')
  const chromedriver = needed('chromedriver', ['chromedriver'], 'chromium-driver')
  const run = await createOwnRun()
  try {
    onProgress('starting adb, Appium and a virtual phone')
    const sdk = await makeSdkFolder(run.folder, adb)
    const env = { ...process.env, HOME: run.folder, TMPDIR: run.folder, ANDROID_HOME: sdk, ANDROID_SDK_ROOT: sdk }
    const app = await pluginApp(module)
    // What is in it the phone does not look at.
    const file = join(run.folder, 'vault.apk')
    await writeFile(file, 'an app of the virtual phone\n')
    const starting = startAppium(run, {
      project,
      driver: { name: 'uiautomator2', package: 'appium-uiautomator2-driver' },
      insecure: ['adb_shell', 'emulator_console'],
      env,
    })
    // What fails first is told; the other ends with the run.
    starting.catch(() => undefined)
    const fitting = requireFitting(chromium, chromedriver)
    fitting.catch(() => undefined)
    const adbServer = await startAdbServer(run, adb)
    await fitting
    const [appium, started] = await Promise.all([
      starting,
      startPhone(app, adbServer.port, chromiumPages(run, chromium), (bytes) => onWire?.('adb', bytes)),
    ])
    const { phone, serial, up } = started
    const tap = onWire === undefined ? null : await tapWire(appium.port, onWire)
    const open = async () =>
      openSession(tap?.port ?? appium.port, {
        platformName: 'Android',
        'appium:automationName': 'UiAutomator2',
        'appium:udid': serial,
        'appium:adbPort': adbServer.port,
        'appium:systemPort': await freePort(),
        'appium:chromedriverExecutable': chromedriver,
        'appium:chromedriverPort': await freePort(),
        'appium:webviewDevtoolsPort': await freePort(),
        'appium:appPackage': app.package,
        'appium:appActivity': '.MainActivity',
        ...quickly,
      })
    const driven = await drivenAndroid({
      open,
      package: app.package,
      activity: '.MainActivity',
      pin: firstPin,
      clearsData: !module.description.profiles.includes('store') || module.description.restore !== 'namespace',
      up,
      kind: 'appium-virtual-android',
      beyond: {
        app: file,
        newer: file,
        pass: async (by) => void phone.simulation.act({ control: 'advance-clock', by }),
        forge: `am attach-agent ${app.package} ${forgingAgent}`,
        system: 'file:///data/ota_package/payload.bin',
        useKind: (profile) => becomeKind(phone, profile),
        restoreOnAnother: () => restoreOnAnother(phone),
      },
      adb: () => ({ adbPort: adbServer.port, serial }),
      software: async () => ({ android: phone.properties()['ro.build.version.release'] ?? '', appium: appium.version }),
      *traces() {
        yield { in: 'output', where: 'appium', bytes: Buffer.from(appium.takeLog()) }
      },
      async end() {
        // Where its adb finds no server it starts one, so it goes first.
        await appium.end()
        await tap?.[Symbol.asyncDispose]()
        await started[Symbol.asyncDispose]()
        await run[Symbol.asyncDispose]()
      },
    })
    const dial = by === 'dial' ? await openSwitchboard() : null
    return appiumDevice('appium-virtual-android', driven, (device) => calibrate(device, driven), dial)
  } catch (error) {
    await run[Symbol.asyncDispose]()
    throw error
  }
}
