import type { IosModule } from '../../../harness/contract/vault.ts'
import { type AppiumServer, startAppium } from '../appium-server.ts'
import { type DriverSession, openSession } from '../driver-session.ts'
import { needed } from '../executable.ts'
import { createOwnRun } from '../own-run.ts'
import { type OnWire, tapWire, type WireTap } from '../wire-tap.ts'
import { ownDriver } from './own-driver.ts'
import type { InstalledIosApp } from './phone/installed-app.ts'
import { pluginApp } from './plugin-app.ts'
import { type StartedIphone, startIphone } from './start-iphone.ts'

/** A virtual iPhone that Appium can be told of. Disposing of it ends the phone. */
export interface HostedIphone extends StartedIphone {
  readonly app: InstalledIosApp
  /** Opens a session with its driver. */
  open(): Promise<DriverSession>
}

/** What virtual iPhones have around them: Appium with our driver, and a folder. Disposing of it ends them all. */
export interface IphoneHost extends AsyncDisposable {
  /** Rejects where Appium does not come up. */
  readonly appium: Promise<AppiumServer>
  /** Where its programs work. */
  readonly folder: string
  /** Starts one phone more, whose app has this plugin on its native side. */
  start(module: IosModule): Promise<HostedIphone>
}

/**
 * Starts what they need, on free ports of the loopback. A phone may be started while Appium is still coming up.
 * @param project where Appium is installed: the folder of a package.json
 * @param onWire told of all that goes over webdriverio's wire
 * @throws PhoneUnavailable where something of that is not there
 */
export const openIphoneHost = async (project: string, onWire?: OnWire): Promise<IphoneHost> => {
  const chromium = needed('Chromium', ['chromium', 'chromium-browser', 'google-chrome'], 'chromium')
  const run = await createOwnRun()
  const phones = new Set<StartedIphone>()
  let tap: Promise<WireTap> | null = null
  try {
    const appium = startAppium(run, {
      project,
      driver: ownDriver,
      insecure: [],
      env: { ...process.env, HOME: run.folder, TMPDIR: run.folder },
    })
    const portOf = async (): Promise<number> => {
      const { port } = await appium
      if (onWire === undefined) return port
      tap ??= tapWire(port, onWire)
      return (await tap).port
    }
    // Who waits for it is told.
    appium.catch(() => undefined)
    return {
      appium,
      folder: run.folder,
      async start(module) {
        const app = await pluginApp(module)
        const started = await startIphone(run, chromium, app)
        phones.add(started)
        return {
          ...started,
          app,
          open: async () =>
            openSession(await portOf(), {
              platformName: 'iOS',
              'appium:automationName': 'HoldfastVirtualIOS',
              'appium:webDriverAgentUrl': started.url,
              'appium:bundleId': app.bundleId,
              'appium:autoLaunch': false,
              'appium:newCommandTimeout': 0,
            }),
          async [Symbol.asyncDispose]() {
            phones.delete(started)
            await started[Symbol.asyncDispose]()
          },
        }
      },
      async [Symbol.asyncDispose]() {
        await (await tap)?.[Symbol.asyncDispose]()
        await Promise.all([...phones].map((one) => one[Symbol.asyncDispose]()))
        await run[Symbol.asyncDispose]()
      },
    }
  } catch (error) {
    await run[Symbol.asyncDispose]()
    throw error
  }
}
