import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Device } from '../../../harness/contract/device.ts'
import type { PromptPhase } from '../../../harness/contract/prompt.ts'
import module from '../../../reference/phone/ios-module.ts'
import { startAppium } from '../appium-server.ts'
import { type DriverSession, openSession } from '../driver-session.ts'
import { executable } from '../executable.ts'
import { createOwnRun, type OwnRun } from '../own-run.ts'
import { appiumVirtualIos } from './device.ts'
import { ownDriver } from './own-driver.ts'
import { pluginApp } from './plugin-app.ts'
import { type StartedIphone, startIphone } from './start-iphone.ts'

const chromium = executable(['chromium', 'chromium-browser', 'google-chrome'])
const project = fileURLToPath(new URL('../../../', import.meta.url))
const ours = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`holdfast-phone-${process.pid}-`))

// Skipped, visibly, where Chromium is not there.
describe.skipIf(chromium === null)(
  'the driver of the virtual iPhone, found by a real Appium',
  { timeout: 60_000 },
  () => {
    let run: OwnRun
    let started: StartedIphone
    let session: DriverSession
    const bundleId = 'dev.holdfast.vaultapp'
    const mobile = (name: string, given?: object) =>
      session.executeScript(`mobile: ${name}`, given === undefined ? [] : [given])
    beforeAll(async () => {
      run = await createOwnRun()
      const env = { ...process.env, HOME: run.folder }
      const appium = await startAppium(run, { project, driver: ownDriver, insecure: [], env })
      started = await startIphone(run, chromium ?? '', await pluginApp(module))
      session = await openSession(appium.port, {
        platformName: 'iOS',
        'appium:automationName': 'HoldfastVirtualIOS',
        'appium:webDriverAgentUrl': started.url,
      })
    }, 60_000)
    afterAll(async () => {
      await session.deleteSession()
      await started[Symbol.asyncDispose]()
      await run[Symbol.asyncDispose]()
      expect(ours()).toEqual([])
    })

    test('checks arguments as XCUITest does', async () => {
      await expect(mobile('sendBiometricMatch', { type: 'nose' })).rejects.toThrow(/'nose' is no biometric feature/)
      await expect(mobile('enrollBiometric', { isEnabled: 'no' })).rejects.toThrow(/must be true or false/)
      await expect(mobile('activateApp')).rejects.toThrow(/bundleId/)
      await expect(mobile('alert', { action: 'shout' })).rejects.toThrow(/'shout' is provided instead/)
      await expect(mobile('fingerprint', { fingerprintId: 1 })).rejects.toThrow(/Unsupported execute method/)
    })
    test('enrolment is one switch', async () => {
      expect(await mobile('isBiometricEnrolled')).toBe(true)
      await mobile('enrollBiometric', { isEnabled: false })
      expect(await mobile('isBiometricEnrolled')).toBe(false)
      await mobile('enrollBiometric')
      expect(await mobile('isBiometricEnrolled')).toBe(true)
    })
    test('the life of an app is told by numbers', async () => {
      const state = () => mobile('queryAppState', { bundleId })
      expect(await state()).toBe(4)
      await mobile('backgroundApp', { seconds: -1 })
      expect(await state()).toBe(3)
      expect(await mobile('terminateApp', { bundleId })).toBe(true)
      expect(await mobile('terminateApp', { bundleId })).toBe(false)
      expect(await state()).toBe(1)
      expect(await mobile('removeApp', { bundleId })).toBe(true)
      expect(await mobile('isAppInstalled', { bundleId })).toBe(false)
      await expect(mobile('activateApp', { bundleId })).rejects.toThrow(/is not installed/)
      await mobile('installApp', { app: '/Vault.app' })
      await mobile('activateApp', { bundleId })
      expect(await state()).toBe(4)
    })
    test('a script that returns a promise gives none, and one that calls back is waited for', async () => {
      const contexts = await session.getAppiumContexts()
      const page = contexts.map(String).find((one) => one.startsWith('WEBVIEW_')) ?? ''
      await session.switchAppiumContext(page)
      await session.setTimeouts(undefined, undefined, 5000)
      expect(await session.executeScript('return arguments[0] + 1', [1])).toBe(2)
      expect(await session.executeScript('return Promise.resolve(2)', [])).toEqual({})
      expect(await session.executeAsyncScript('setTimeout(() => arguments[1](arguments[0] + 1), 1)', [1])).toBe(2)
      await expect(session.executeScript('nonsense()', [])).rejects.toThrow(/nonsense is not defined/)
      await mobile('terminateApp', { bundleId })
      await expect(session.executeScript('return 1', [])).rejects.toThrow(/no such window/)
      await session.switchAppiumContext('NATIVE_APP')
      await mobile('activateApp', { bundleId })
    })
    test('the screen can be locked, turned, pictured and read', async () => {
      await mobile('lock')
      expect(await mobile('isLocked')).toBe(true)
      await mobile('unlock')
      expect(await mobile('isLocked')).toBe(false)
      await session.setOrientation('LANDSCAPE')
      await session.setOrientation('PORTRAIT')
      expect(await session.getPageSource()).toContain('XCUIElementTypeWebView')
      expect(
        Buffer.from(await session.takeScreenshot(), 'base64')
          .subarray(1, 4)
          .toString(),
      ).toBe('PNG')
      await expect(mobile('alert', { action: 'getButtons' })).rejects.toThrow(/modal dialog/)
    })
  },
)

describe.skipIf(chromium === null)('the device around it', { timeout: 60_000 }, () => {
  let device: Device
  const phases: PromptPhase[] = []
  beforeAll(async () => {
    device = await appiumVirtualIos({ module, project })
    device.watched?.onPhase((_, phase) => phases.push(phase))
  }, 60_000)
  afterAll(async () => {
    await device[Symbol.asyncDispose]()
    expect(ours()).toEqual([])
  })

  const opened = async () => {
    const channel = await device.channel?.([], {})
    if (channel === undefined) throw new Error('the device has no channel')
    const lines = channel.lines[Symbol.asyncIterator]()
    const ask = async (request: object): Promise<unknown> => {
      channel.send(JSON.stringify(request))
      return JSON.parse((await lines.next()).value)
    }
    await ask({ hello: { protocol: 1 } })
    await ask({ id: 0, begin: { namespace: 'test' } })
    return { channel, ask }
  }
  test('says before the run what a simulator cannot do', () => {
    for (const lacking of ['reboot', 'lock-out', 'change-screen-lock', 'update-system', 'forge-match'] as const)
      expect(device.controls.has(lacking)).toBe(false)
  })
  test('keeps what the app has over an update, and asks nobody once the screen went dark', async () => {
    await device.restore()
    const value = { canary: 1, size: 20, kind: 'text' }
    const { ask, channel } = await opened()
    await ask({ id: 1, op: 'put', name: 'moved', value, access: 'current-set' })
    const answer = ask({ id: 2, op: 'get', name: 'moved' })
    await expect.poll(() => device.watched?.look()).toBe(true)
    expect(await device.apply({ control: 'time-out-prompt' })).toBe('done')
    expect(await answer).toMatchObject({ fail: { code: 'system-cancelled' } })
    await channel.kill()
    expect(await device.apply({ control: 'update-app' })).toBe('done')
    const updated = await opened()
    expect(await updated.ask({ id: 3, op: 'has', name: 'moved' })).toMatchObject({ id: 3, ok: true })
    await updated.channel.kill()
    expect(await device.apply({ control: 'change-phone' })).toBe('done')
    const elsewhere = await opened()
    expect(await elsewhere.ask({ id: 4, op: 'get', name: 'moved' })).toMatchObject({ fail: { code: 'not-found' } })
    await elsewhere.channel.kill()
    await device.restore()
  })
  test('a read asks for a finger, and enrolling anew ends what it was kept for', async () => {
    await device.restore()
    const { ask, channel } = await opened()
    const value = { canary: 1, size: 20, kind: 'text' }
    expect(await ask({ id: 1, op: 'put', name: 'a', value, access: 'current-set' })).toEqual({ id: 1, ok: null })
    phases.length = 0
    const answer = ask({ id: 2, op: 'get', name: 'a' })
    await expect.poll(() => device.watched?.look()).toBe(true)
    expect(await device.apply({ control: 'enrol', what: 'finger' })).toBe('skipped')
    expect(await device.apply({ control: 'touch', finger: 'right' })).toBe('done')
    expect(await answer).toMatchObject({ id: 2, ok: { size: 20 } })
    expect(phases).toEqual(['shown', 'matched'])
    expect(await device.apply({ control: 'unenrol', which: 'all' })).toBe('done')
    expect(await device.apply({ control: 'enrol', what: 'finger' })).toBe('done')
    expect(await ask({ id: 3, op: 'get', name: 'a' })).toMatchObject({ fail: { code: 'key-invalidated' } })
    await channel.kill()
  })
})
