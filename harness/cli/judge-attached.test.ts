import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startAppium } from '../../devices/appium/appium-server.ts'
import { type DriverSession, openSession } from '../../devices/appium/driver-session.ts'
import { executable } from '../../devices/appium/executable.ts'
import { createOwnRun, type OwnRun } from '../../devices/appium/own-run.ts'
import { ownDriver } from '../../devices/appium/virtual-ios/own-driver.ts'
import { pluginApp } from '../../devices/appium/virtual-ios/plugin-app.ts'
import { type StartedIphone, startIphone } from '../../devices/appium/virtual-ios/start-iphone.ts'
import { judge } from '../../index.ts'
import module from '../../reference/phone/ios-module.ts'
import type { StreamRecord } from '../contract/stream.ts'

const project = fileURLToPath(new URL('../../', import.meta.url))
const chromium = executable(['chromium', 'chromium-browser', 'google-chrome'])
const vault = 'dev.holdfast.vaultapp'

const judged = async (records: AsyncIterable<StreamRecord>): Promise<readonly StreamRecord[]> => {
  const all: StreamRecord[] = []
  for await (const record of records) all.push(record)
  return all
}

// Skipped, visibly, where Chromium is not there.
describe.skipIf(chromium === null)('a session that a test project owns', { timeout: 90_000 }, () => {
  let run: OwnRun
  let started: StartedIphone
  let browser: DriverSession
  beforeAll(async () => {
    run = await createOwnRun()
    const env = { ...process.env, HOME: run.folder }
    const appium = await startAppium(run, { project, driver: ownDriver, insecure: [], env })
    started = await startIphone(run, chromium ?? '', await pluginApp(module))
    browser = await openSession(appium.port, {
      platformName: 'iOS',
      'appium:automationName': 'HoldfastVirtualIOS',
      'appium:webDriverAgentUrl': started.url,
    })
  }, 60_000)
  afterAll(async () => {
    await browser.deleteSession()
    await started[Symbol.asyncDispose]()
    await run[Symbol.asyncDispose]()
  })

  test('is judged on, with controls of its own, and stays open where it was', async () => {
    const controls = { 'lock-screen': async () => 'skipped' as const }
    const options = { only: ['ENC-01', 'PST-05', 'LOCK-04'], programs: 1, budgetMs: 4000 }
    const records = await judged(judge({ browser, vault, controls, biometry: 'touchId', fidelity: 'F0' }, options))
    expect(records.find(({ type }) => type === 'environment')).toMatchObject({
      target: `${vault}@attached`,
      environment: { fidelity: 'F0', facets: { 'process-death': { is: 'proven' } } },
    })
    const verdicts = records.flatMap((record) => (record.type === 'verdict' ? [record.verdict.is] : []))
    expect(verdicts).toHaveLength(3)
    expect(verdicts).not.toContain('fail')
    expect(records.at(-1)).toMatchObject({ type: 'end' })
    expect(await browser.getAppiumContext()).toBe('NATIVE_APP')
    expect(await browser.executeScript('mobile: isLocked', [])).toBe(false)
  })

  test('that is over is the environment’s fault, told in one sentence', async () => {
    const gone = { ...browser, capabilities: { platformName: 'Windows' } } as unknown as DriverSession
    const records = await judged(judge({ browser: gone, vault }, { only: ['ENC-01'], programs: 1 }))
    expect(records).toContainEqual(
      expect.objectContaining({
        type: 'target-error',
        cause: 'environment',
        sentence: "The session is with 'Windows', and a vault is attached to on a phone.",
      }),
    )
  })
})
