import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Device } from '../../../harness/contract/device.ts'
import module from '../../../reference/phone/android-module.ts'
import { executable } from '../executable.ts'
import { appiumVirtualAndroid } from './device.ts'

const there = ['adb', 'chromium', 'chromedriver'].every((name) => executable([name]) !== null)
const project = fileURLToPath(new URL('../../../', import.meta.url))

// Skipped, visibly, where adb, Chromium or chromedriver is not there.
describe.skipIf(!there)('an app on the virtual phone that connects out to us', { timeout: 120_000 }, () => {
  let device: Device
  beforeAll(async () => {
    device = await appiumVirtualAndroid({ module, project, by: 'dial' })
  }, 120_000)
  afterAll(() => device[Symbol.asyncDispose](), 60_000)

  const opened = async () => {
    const channel = await device.channel?.([], {})
    if (channel === undefined) throw new Error('the device has no channel')
    const lines = channel.lines[Symbol.asyncIterator]()
    const ask = async (request: object): Promise<unknown> => {
      channel.send(JSON.stringify(request))
      return JSON.parse((await lines.next()).value)
    }
    expect(await ask({ hello: { protocol: 1 } })).toMatchObject({ hello: { protocol: 1 } })
    await ask({ id: 0, begin: { namespace: 'n' } })
    return { channel, ask }
  }
  const value = { canary: 1, size: 20, kind: 'text' }
  const get = { id: 2, op: 'get', name: 'a' }

  test('finds the address in its intent, and speaks the protocol while the sensor is touched', async () => {
    await device.restore()
    const { channel, ask } = await opened()
    expect(await ask({ id: 1, op: 'put', name: 'a', value, access: 'current-set' })).toEqual({ id: 1, ok: null })
    const answer = ask(get)
    await expect.poll(() => device.watched?.look()).toBe(true)
    expect(await device.apply({ control: 'touch', finger: 'right' })).toBe('done')
    expect(await answer).toMatchObject({ id: 2, ok: { size: 20 } })
    expect(await device.apply({ control: 'enrol', what: 'finger' })).toBe('done')
    expect(await ask(get)).toMatchObject({ id: 2, fail: { code: 'key-invalidated' } })
    await channel.kill()
  })
  test('hangs up where the phone restarts, and connects again afterwards', async () => {
    await device.restore()
    const { channel } = await opened()
    expect(await device.apply({ control: 'reboot', unlocked: true })).toBe('done')
    expect(await channel.ended).toBe('the app hung up')
    const again = await opened()
    expect(await again.ask({ ...get, name: 'b' })).toMatchObject({ fail: { code: 'not-found' } })
    await again.channel.kill()
  })
})
