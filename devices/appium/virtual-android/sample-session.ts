import { setImmediate as turn } from 'node:timers/promises'
import type { DriverSession } from '../driver-session.ts'
import { pageSource } from './automation/page-source.ts'
import type { VirtualPhone } from './phone/virtual-phone.ts'
import { runLine } from './shell/run-line.ts'

/** What a script of ours asks the app's native side for. */
const probing = /fetch\('native\/probe-/

/**
 * A session with a virtual phone without adb, Appium or a browser between: what the driver would do on each command is done
 * at once. For tests of what drives phones.
 */
export const sampleSession = (phone: VirtualPhone): DriverSession => {
  const mobile: Readonly<Record<string, (given: Readonly<Record<string, unknown>>) => unknown>> = {
    shell: async ({ command }) => (await runLine(String(command), phone)).out,
    fingerprint: ({ fingerprintId }) => phone.touch(Number(fingerprintId)),
    clickGesture: ({ x, y }) => phone.tap(Number(x), Number(y)),
    removeApp: phone.uninstallApp,
    installApp: phone.installApp,
  }
  const session: Partial<DriverSession> = {
    async executeScript(script: string, [given, argument]: readonly unknown[]) {
      const command = mobile[script.replace('mobile: ', '')]
      const result = script.startsWith('mobile:')
        ? await command?.(given as Readonly<Record<string, unknown>>)
        : probing.test(script)
          ? await phone.native(phone.appPid() ?? 0)?.call(`probe-${String(given)}`, argument)
          : { is: 'lines', lines: [] }
      await turn()
      return result
    },
    async switchAppiumContext() {},
    async deleteSession() {},
    getPageSource: async () => pageSource(phone.screen(), phone.landscape()),
    async setOrientation(to: string) {
      phone.turn(to === 'LANDSCAPE')
    },
  }
  return session as DriverSession
}
