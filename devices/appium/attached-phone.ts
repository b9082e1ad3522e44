import type { ControlName } from '../../harness/contract/controls.ts'
import type { Device } from '../../harness/contract/device.ts'
import type { Fidelity } from '../../harness/contract/environment.ts'
import type { RestoreWay } from '../../harness/contract/restoring.ts'
import { drivenAndroid } from './android/driven-android.ts'
import { appiumDevice } from './appium-device.ts'
import type { DrivenPhone } from './driven-phone.ts'
import type { DriverSession } from './driver-session.ts'
import { type OwnControl, withHooks } from './hook-controls.ts'
import { iosSimulator } from './ios/ios-simulator.ts'
import { lockSecret } from './lock-secret.ts'
import { processDeath } from './own-phone.ts'
import type { Hook, SecretFrom } from './phone-entry.ts'
import { PhoneUnavailable } from './phone-unavailable.ts'

/** What can be done without the app's file, which the test project has. */
type LentWay = Exclude<RestoreWay, 'reinstall'>

/** A live session with Appium that a test project owns, and what is under test in it. */
export interface Attachment {
  /** A webdriverio session with UiAutomator2, XCUITest or a driver with their commands. It is never ended here. */
  readonly browser: DriverSession
  /** Package or bundle id of the app whose page serves the vault by the page bridge. */
  readonly vault: string
  /** Controls of your own, in place of the driver's or beside them. */
  readonly controls?: Readonly<Partial<Record<ControlName, Hook | OwnControl>>>
  /** What the session leads to: F2 an emulator or simulator, F3 a real phone. Default F2. */
  readonly fidelity?: Fidelity
  /** Android: the variable that holds the PIN of the screen lock. */
  readonly pin?: SecretFrom
  /** Android: the activity that shows the app. Default `.MainActivity`. */
  readonly activity?: string
  /** iOS. Default `faceId`. */
  readonly biometry?: 'touchId' | 'faceId'
  /** How the vault is put back between programs. Default `fresh-names`. */
  readonly restore?: LentWay | readonly LentWay[]
}

/** The session as it is lent to us: whoever owns it ends it. */
const lent = (browser: DriverSession): DriverSession =>
  new Proxy(browser, {
    get(target, key) {
      if (key === 'deleteSession') return async () => {}
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })

/**
 * A device around a session that somebody else owns. Disposing of it leaves the session open, at the context where it was.
 * @throws PhoneUnavailable where the session leads to no phone, or a PIN is missing
 */
export const attachedPhone = async (name: string, attachment: Attachment): Promise<Device> => {
  const { browser, vault, controls = {}, fidelity = 'F2', pin, activity = '.MainActivity' } = attachment
  const { platformName, platformVersion } = browser.capabilities as Readonly<Record<string, unknown>>
  const platform = String(platformName ?? '').toLowerCase()
  if (platform !== 'android' && platform !== 'ios')
    throw new PhoneUnavailable(`The session is with '${String(platformName)}', and a vault is attached to on a phone.`)
  const before = String(await browser.getAppiumContext())
  let asked = false
  const parts = {
    restores: [attachment.restore ?? 'fresh-names'].flat(),
    async open() {
      if (asked)
        throw new PhoneUnavailable('The session was lost, and only the test project that owns it opens another.')
      asked = true
      if (before !== 'NATIVE_APP') await browser.switchAppiumContext('NATIVE_APP')
      return lent(browser)
    },
    software: async () => ({ [platform]: String(platformVersion ?? 'unknown') }),
    traces: () => [],
    async end() {
      // A session that is gone has no context to go back to.
      await browser.switchAppiumContext(before).catch(() => undefined)
    },
  }
  const drive = (): Promise<DrivenPhone> => {
    if (platform === 'ios') {
      const passcode = pin === undefined ? null : lockSecret(pin)
      return iosSimulator({ ...parts, bundleId: vault, app: null, feature: attachment.biometry ?? 'faceId', passcode })
    }
    if (pin === undefined) throw new PhoneUnavailable("An Android phone needs its PIN: give pin: { env: 'PHONE_PIN' }.")
    return drivenAndroid({
      ...parts,
      package: vault,
      activity,
      pin: lockSecret(pin),
      up: async () => {},
    })
  }
  const driven = withHooks(await drive(), controls)
  const phone: DrivenPhone = {
    ...driven,
    controls: new Set([...driven.controls].filter((one) => one !== 'reboot' || controls.reboot !== undefined)),
    lacks: {
      ...driven.lacks,
      ...(controls.reboot === undefined && { reboot: 'a session does not outlive a restart' }),
    },
  }
  return appiumDevice(name, phone, async (device) => ({
    device: name,
    fidelity,
    software: await phone.software(),
    facets: { 'process-death': await processDeath(phone) },
    controls: [...device.controls],
    lacks: phone.lacks,
  }))
}
