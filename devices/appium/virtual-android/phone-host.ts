import type { AndroidModule } from '../../../harness/contract/vault.ts'
import type { PhoneOnAdb } from '../android/adb-host.ts'
import { startAdbServer } from '../android/adb-server.ts'
import { makeSdkFolder } from '../android/sdk-folder.ts'
import { type AppiumServer, startAppium } from '../appium-server.ts'
import { type DriverSession, openSession } from '../driver-session.ts'
import { needed } from '../executable.ts'
import { freePort } from '../free-port.ts'
import { createOwnRun } from '../own-run.ts'
import type { InstalledApp } from './phone/installed-app.ts'
import { pluginApp } from './plugin-app.ts'
import { type StartedPhone, startPhone } from './start-phone.ts'
import { chromiumPages } from './webview/chromium-pages.ts'
import { requireFitting } from './webview/fitting-driver.ts'

/** A virtual phone that adb and Appium know. Disposing of it ends the phone. */
export interface HostedPhone extends Pick<StartedPhone, 'phone' | 'up'>, AsyncDisposable {
  readonly app: InstalledApp
  readonly onAdb: PhoneOnAdb
  /** Opens a session with its driver. */
  open(): Promise<DriverSession>
}

/** What virtual phones have around them: adb's server, Appium, a folder. Disposing of it ends them all. */
export interface PhoneHost extends AsyncDisposable {
  /** Rejects where Appium does not come up. */
  readonly appium: Promise<AppiumServer>
  /** Where its programs work. What they start has it in its environment. */
  readonly folder: string
  /** Starts one phone more, whose app has this plugin on its native side. */
  start(module: AndroidModule): Promise<HostedPhone>
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
 * Starts what phones need, on free ports of the loopback. A phone may be started while Appium is still coming up.
 * @param project where Appium and its driver are installed: the folder of a package.json
 * @throws PhoneUnavailable where something of that is not there
 */
export const openPhoneHost = async (project: string): Promise<PhoneHost> => {
  const adb = needed('adb', ['adb'], 'adb')
  const chromium = needed('Chromium', ['chromium', 'chromium-browser', 'google-chrome'], 'chromium')
  const chromedriver = needed('chromedriver', ['chromedriver'], 'chromium-driver')
  const run = await createOwnRun()
  const phones = new Set<StartedPhone>()
  let appium: Promise<AppiumServer> | null = null
  const end = async () => {
    // Where its adb finds no server it starts one, so it goes first.
    await appium?.then(
      (server) => server.end(),
      () => undefined,
    )
    await Promise.all([...phones].map((one) => one[Symbol.asyncDispose]()))
    await run[Symbol.asyncDispose]()
  }
  try {
    const sdk = await makeSdkFolder(run.folder, adb)
    const env = { ...process.env, HOME: run.folder, TMPDIR: run.folder, ANDROID_HOME: sdk, ANDROID_SDK_ROOT: sdk }
    const starting = startAppium(run, {
      project,
      driver: { name: 'uiautomator2', package: 'appium-uiautomator2-driver' },
      insecure: ['adb_shell', 'emulator_console'],
      env,
    })
    // Who waits for it is told.
    starting.catch(() => undefined)
    appium = starting
    const [adbServer] = await Promise.all([startAdbServer(run, adb), requireFitting(chromium, chromedriver)])
    return {
      appium: starting,
      folder: run.folder,
      async start(module) {
        const app = await pluginApp(module)
        const started = await startPhone(app, adbServer.port, chromiumPages(run, chromium))
        phones.add(started)
        return {
          app,
          onAdb: { adbPort: adbServer.port, serial: started.serial },
          phone: started.phone,
          up: started.up,
          open: async () =>
            openSession((await starting).port, {
              platformName: 'Android',
              'appium:automationName': 'UiAutomator2',
              'appium:udid': started.serial,
              'appium:adbPort': adbServer.port,
              'appium:systemPort': await freePort(),
              'appium:chromedriverExecutable': chromedriver,
              'appium:chromedriverPort': await freePort(),
              'appium:webviewDevtoolsPort': await freePort(),
              'appium:appPackage': app.package,
              'appium:appActivity': '.MainActivity',
              ...quickly,
            }),
          async [Symbol.asyncDispose]() {
            phones.delete(started)
            await started[Symbol.asyncDispose]()
          },
        }
      },
      [Symbol.asyncDispose]: end,
    }
  } catch (error) {
    await end()
    throw error
  }
}
