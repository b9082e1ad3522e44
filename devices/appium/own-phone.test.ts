import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Device } from '../../harness/contract/device.ts'
import module from '../../reference/phone/ios-module.ts'
import { startAppium } from './appium-server.ts'
import type { DrivenPhone } from './driven-phone.ts'
import { executable } from './executable.ts'
import { digestOfApp } from './installed-app-digest.ts'
import { lockSecret } from './lock-secret.ts'
import { capabilitiesOf, ownPhone, processDeath } from './own-phone.ts'
import { createOwnRun, type OwnRun } from './own-run.ts'
import { ownDriver } from './virtual-ios/own-driver.ts'
import { pluginApp } from './virtual-ios/plugin-app.ts'
import { type StartedIphone, startIphone } from './virtual-ios/start-iphone.ts'

const project = fileURLToPath(new URL('../../', import.meta.url))
const appId = 'dev.holdfast.vaultapp'

test('what a session is opened with follows from the entry, and its own capabilities come last', () => {
  const app = { path: 'app.apk', install: 'always' } as const
  expect(
    capabilitiesOf(
      {
        is: 'android-emulator',
        serial: 'emulator-5556',
        pin: { env: 'P' },
        app,
        capabilities: { 'appium:autoLaunch': true },
      },
      'com.example.app',
    ),
  ).toMatchObject({
    platformName: 'Android',
    'appium:automationName': 'UiAutomator2',
    'appium:udid': 'emulator-5556',
    'appium:adbPort': 5037,
    'appium:appPackage': 'com.example.app',
    'appium:app': 'app.apk',
    'appium:enforceAppInstall': true,
    'appium:autoLaunch': true,
  })
  const simulator = capabilitiesOf(
    { is: 'ios-simulator', udid: 'A-B', app: { id: 'com.example.app' } },
    'com.example.app',
  )
  expect(simulator).toMatchObject({ 'appium:automationName': 'XCUITest', 'appium:bundleId': 'com.example.app' })
  expect(simulator).not.toHaveProperty('appium:app')
})

test('the PIN comes from the environment, and no message tells it', () => {
  expect(lockSecret({ env: 'P' }, { P: '4711' })).toBe('4711')
  expect(() => lockSecret({ env: 'P' }, {})).toThrow('environment variable P, which is not set')
  expect(() => lockSecret({ env: 'P' }, { P: '4; rm' })).toThrow(/^(?!.*rm).*4 to 16 digits or letters/)
})

test('an app that is not there is told in one sentence', async () => {
  await expect(digestOfApp('/nowhere/app.apk')).rejects.toThrow('The app /nowhere/app.apk cannot be read')
})

test('an address where no Appium listens is told in one sentence', async () => {
  const entry = {
    is: 'appium',
    url: 'http://127.0.0.1:9/',
    platform: 'ios',
    fidelity: 'F0',
    app: { id: appId },
  } as const
  await expect(ownPhone({ name: 'mine', entry, appId, project })).rejects.toThrow('No session with the phone')
  await expect(ownPhone({ name: 'mine', entry, appId: 'other.app', project })).rejects.toThrow(
    'The phone mine has the app dev.holdfast.vaultapp, and the vault is in other.app.',
  )
})

test('a page that outlives its app disproves that its process died', async () => {
  const kept = new Map<string, unknown>()
  const phone = (dies: boolean) =>
    ({
      async restore() {},
      async showApp() {},
      async killApp() {
        if (dies) kept.clear()
      },
      async inPage(_script: string, mark?: string) {
        if (mark !== undefined) kept.set('mark', mark)
        return kept.get('mark') ?? null
      },
    }) as unknown as DrivenPhone
  expect((await processDeath(phone(true))).is).toBe('proven')
  expect((await processDeath(phone(false))).is).toBe('disproven')
})

const chromium = executable(['chromium', 'chromium-browser', 'google-chrome'])
// Skipped, visibly, where Chromium is not there.
describe.skipIf(chromium === null)('a phone behind an Appium that somebody else started', { timeout: 60_000 }, () => {
  let run: OwnRun
  let started: StartedIphone
  let device: Device
  const heard: unknown[] = []
  const lab = createServer((request, response) => {
    void (async () => {
      const pieces: Buffer[] = []
      for await (const piece of request) pieces.push(piece as Buffer)
      heard.push(JSON.parse(Buffer.concat(pieces).toString()))
      response.writeHead(request.url === '/busy' ? 409 : 200).end()
    })()
  })
  beforeAll(async () => {
    run = await createOwnRun()
    const env = { ...process.env, HOME: run.folder }
    const appium = await startAppium(run, { project, driver: ownDriver, insecure: [], env })
    started = await startIphone(run, chromium ?? '', await pluginApp(module))
    await new Promise<void>((resolve) => lab.listen(0, '127.0.0.1', resolve))
    const address = lab.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    device = await ownPhone({
      name: 'lab-phone',
      appId,
      project,
      entry: {
        is: 'appium',
        url: `http://127.0.0.1:${appium.port}/`,
        platform: 'ios',
        fidelity: 'F0',
        biometry: 'touchId',
        app: { id: appId },
        capabilities: { 'appium:automationName': 'HoldfastVirtualIOS', 'appium:webDriverAgentUrl': started.url },
        controls: {
          reboot: { post: `http://127.0.0.1:${port}/reboot` },
          'update-app': { post: `http://127.0.0.1:${port}/busy` },
          'lock-out': { run: ['false'] },
          'clear-data': { run: ['sh', '-c', 'test -n "$HOLDFAST_CONTROL" && exit 75'] },
        },
      },
    })
  }, 60_000)
  afterAll(async () => {
    await device[Symbol.asyncDispose]()
    lab.close()
    await started[Symbol.asyncDispose]()
    await run[Symbol.asyncDispose]()
  })

  test('proves what can be seen without native code of ours in the app', async () => {
    const { fidelity, facets, app } = await device.calibrate()
    expect(fidelity).toBe('F0')
    expect(Object.keys(facets)).toEqual(['process-death'])
    expect(facets['process-death']?.is).toBe('proven')
    expect(app).toEqual({
      id: appId,
      sha256: null,
      signature: { is: 'unknown', why: 'it was installed before' },
      arrival: 'there',
    })
  })
  test('does controls by its driver, and those of the user by their hooks', async () => {
    expect(await device.apply({ control: 'lock-screen' })).toBe('done')
    expect(await device.apply({ control: 'unlock-screen' })).toBe('done')
    expect(await device.apply({ control: 'reboot', unlocked: true })).toBe('done')
    expect(heard).toEqual([{ control: 'reboot', unlocked: true }])
    expect(await device.apply({ control: 'update-app' })).toBe('skipped')
    expect(await device.apply({ control: 'clear-data' })).toBe('skipped')
    await expect(device.apply({ control: 'lock-out', how: 'temporary' })).rejects.toThrow(
      "The hook of the control 'lock-out' failed: false ended with status 1.",
    )
  })
})
