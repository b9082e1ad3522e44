import { expect, test } from 'vitest'
import { PageGone } from '../driven-phone.ts'
import type { DriverSession } from '../driver-session.ts'
import { iosSimulator } from './ios-simulator.ts'

const bundleId = 'dev.holdfast.sample'

/** A simulator whose app ends by itself when it is told to: the driver knows its page no more. */
const rig = async () => {
  let pid = 1
  const session = {
    async executeScript(script: string) {
      return script === 'mobile: getContexts' ? [{ id: `WEBVIEW_${pid}.1`, bundleId }] : false
    },
    executeAsyncScript: async () => ({ is: 'lines', lines: [`answer of ${pid}`] }),
    async switchAppiumContext(name: string) {
      if (name !== 'NATIVE_APP' && name !== `WEBVIEW_${pid}.1`) throw new Error('No such context found.')
    },
    findElements: async () => [],
    async setTimeouts() {},
    async deleteSession() {},
  } as unknown as DriverSession
  const phone = await iosSimulator({
    open: async () => session,
    bundleId,
    app: null,
    feature: 'faceId',
    passcode: null,
    restores: ['fresh-names'],
    software: async () => ({}),
    traces: () => [],
    end: async () => {},
  })
  return {
    phone,
    appEnds() {
      pid++
    },
  }
}

test('a page whose process ended by itself is gone, and the next start finds the new one', async () => {
  const { phone, appEnds } = await rig()
  await phone.showApp()
  expect(await phone.exchange([], 1)).toEqual(['answer of 1'])
  await phone.prompt()
  appEnds()
  await expect(phone.exchange([], 1)).rejects.toThrow(PageGone)
  await expect(phone.exchange([], 1)).rejects.toThrow(PageGone)
  await phone.showApp()
  expect(await phone.exchange([], 1)).toEqual(['answer of 2'])
})
