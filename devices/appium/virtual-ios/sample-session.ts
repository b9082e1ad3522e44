import { setImmediate as turn } from 'node:timers/promises'
import type { DriverSession } from '../driver-session.ts'
import type { Iphone } from './phone/iphone.ts'

const elementKey = 'element-6066-11e4-a52e-4f735466cecf'
type Given = Readonly<Record<string, unknown>>

/** A session with a virtual iPhone without Appium, driver or browser between. For tests of what drives phones. */
export const sampleSession = (phone: Iphone): DriverSession => {
  const mobile: Readonly<Record<string, (given: Given) => unknown>> = {
    isLocked: phone.isLocked,
    lock: phone.lock,
    unlock: phone.unlock,
    isBiometricEnrolled: phone.isBiometricEnrolled,
    enrollBiometric: ({ isEnabled }) => phone.enrolBiometric(isEnabled === true),
    sendBiometricMatch: ({ match }) => phone.sendBiometricMatch('touchId', match === true),
    activateApp: phone.activate,
    terminateApp: phone.terminate,
    removeApp: phone.remove,
    installApp: phone.install,
    backgroundApp: phone.background,
    configureLocalization: ({ language }) => phone.setLanguage((language as { readonly name: 'en' | 'de' }).name),
    alert: ({ action, buttonLabel }) =>
      action === 'getButtons' ? phone.alert()?.buttons : phone.tapAlert(String(buttonLabel)),
    getContexts: () => [{ id: `WEBVIEW_${phone.appPid()}.1`, bundleId: phone.app.bundleId }],
  }
  const elements = (kind: string): readonly string[] => {
    const alert = phone.alert()
    if (alert === null) return []
    if (kind === 'XCUIElementTypeAlert') return [alert.id]
    return kind === 'XCUIElementTypeSecureTextField' && alert.asksPasscode ? ['field'] : []
  }
  const session = {
    async executeScript(script: string, [given]: readonly unknown[]) {
      const result = await mobile[script.replace('mobile: ', '')]?.((given ?? {}) as Given)
      await turn()
      return result
    },
    async executeAsyncScript(_script: string, [verb, argument]: readonly unknown[]) {
      return phone.native(phone.appPid() ?? 0)?.call(`probe-${String(verb)}`, argument)
    },
    findElements: async (_by: string, kind: string) => elements(kind).map((id) => ({ [elementKey]: id })),
    async elementSendKeys(_id: string, text: string) {
      phone.type(text.trim())
    },
    getLogs: async () => phone.takeLog().map((message) => ({ message })),
    async setOrientation() {},
    async setTimeouts() {},
    async switchAppiumContext() {},
    async deleteSession() {},
  }
  return session as unknown as DriverSession
}
