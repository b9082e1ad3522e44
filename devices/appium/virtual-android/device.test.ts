import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Control } from '../../../harness/contract/controls.ts'
import type { Device } from '../../../harness/contract/device.ts'
import type { PromptPhase } from '../../../harness/contract/prompt.ts'
import module from '../../../reference/phone/android-module.ts'
import { executable } from '../executable.ts'
import { appiumVirtualAndroid } from './device.ts'

const there = ['adb', 'chromium', 'chromedriver'].every((name) => executable([name]) !== null)
const project = fileURLToPath(new URL('../../../', import.meta.url))
const ours = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`holdfast-phone-${process.pid}-`))

// Skipped, visibly, where adb, Chromium or chromedriver is not there.
describe.skipIf(!there)('the virtual phone behind the real drivers', { timeout: 120_000 }, () => {
  let device: Device
  const phases: PromptPhase[] = []
  beforeAll(async () => {
    device = await appiumVirtualAndroid({ module, project })
    device.watched?.onPhase((_, phase) => phases.push(phase))
  }, 120_000)
  afterAll(async () => {
    await device[Symbol.asyncDispose]()
    expect(ours()).toEqual([])
  }, 60_000)

  const apply = (control: Control) => device.apply(control)
  /** An app that was started, and a call of it that gives its answer. */
  const opened = async (namespace = `test-${Math.random()}`) => {
    const channel = await device.channel?.([], {})
    if (channel === undefined) throw new Error('the device has no channel')
    const lines = channel.lines[Symbol.asyncIterator]()
    const ask = async (request: object): Promise<unknown> => {
      channel.send(JSON.stringify(request))
      return JSON.parse((await lines.next()).value)
    }
    await ask({ hello: { protocol: 1 } })
    await ask({ id: 0, begin: { namespace } })
    return { channel, ask }
  }
  const value = { canary: 1, size: 20, kind: 'text' }
  const put = { id: 1, op: 'put', name: 'a', value, access: 'current-set' }
  const get = { id: 2, op: 'get', name: 'a' }
  /** A read during which the sensor is touched. */
  const readWith = async (ask: (request: object) => Promise<unknown>, finger: 'right' | 'wrong') => {
    const answer = ask(get)
    await expect.poll(() => device.watched?.look()).toBe(true)
    await apply({ control: 'touch', finger })
    return answer
  }

  test('a read asks for a finger, and one more finger ends what it was kept for', async () => {
    await device.restore()
    const { channel, ask } = await opened()
    expect(await ask(put)).toEqual({ id: 1, ok: null })
    phases.length = 0
    expect(await readWith(ask, 'right')).toMatchObject({ id: 2, ok: { size: 20 } })
    expect(phases).toEqual(['shown', 'matched'])
    expect(await apply({ control: 'enrol', what: 'finger' })).toBe('done')
    expect(await ask(get)).toMatchObject({ id: 2, fail: { code: 'key-invalidated' } })
    await channel.kill()
    await device.restore()
  })

  test('entries outlive the process and a restart, and are closed until the first unlock', async () => {
    const { channel, ask } = await opened()
    await ask({ ...put, access: 'none' })
    await channel.kill()
    expect(await apply({ control: 'reboot', unlocked: false })).toBe('done')
    const again = await opened()
    expect(await again.ask({ id: 3, op: 'availability' })).toMatchObject({ id: 3 })
    expect(await again.ask(get)).toMatchObject({ fail: { code: 'device-locked' } })
    expect(await apply({ control: 'unlock-screen' })).toBe('done')
    expect(await again.ask(get)).toMatchObject({ fail: { code: 'not-found' } })
    await again.channel.kill()
    await device.restore()
  })

  test('what it does not have is skipped', async () => {
    expect(await apply({ control: 'touch', finger: 'right' })).toBe('skipped')
    expect(await apply({ control: 'unlock-screen' })).toBe('skipped')
    expect(await apply({ control: 'enrol', what: 'strong-face' })).toBe('skipped')
    expect(await apply({ control: 'advance-clock', by: -1 })).toBe('skipped')
    expect(await apply({ control: 'cut-power', loses: 'all' })).toBe('skipped')
    expect(device.controls.has('cut-power')).toBe(false)
  })

  test('an app is updated and reinstalled by the driver, its system updated, its phone another', async () => {
    const found = async () => {
      const { channel, ask } = await opened('kept')
      const answer = await ask(get)
      await channel.kill()
      return answer
    }
    const keep = async () => {
      const { channel, ask } = await opened('kept')
      expect(await ask({ ...put, access: 'none' })).toEqual({ id: 1, ok: null })
      await channel.kill()
    }
    await keep()
    for (const control of ['update-app', 'update-system'] as const) {
      expect(await apply({ control })).toBe('done')
      expect(await found()).toMatchObject({ ok: { size: 20 } })
    }
    expect(await apply({ control: 'reinstall', backup: false })).toBe('done')
    expect(await found()).toMatchObject({ fail: { code: 'not-found' } })
    await keep()
    expect(await apply({ control: 'change-phone' })).toBe('done')
    expect(await found()).toMatchObject({ fail: { code: 'not-found' } })
    expect(await apply({ control: 'use-phone', profile: 'android-28' })).toBe('done')
    expect(await apply({ control: 'use-phone', profile: 'ios-18' })).toBe('skipped')
    await device.restore()
  })

  test('a prompt that nobody answers goes after a while, and a match that never was opens nothing', async () => {
    const { channel, ask } = await opened()
    await ask(put)
    const during = async (control: Control) => {
      phases.length = 0
      const answer = ask(get)
      await expect.poll(() => device.watched?.look()).toBe(true)
      const before = device.now()
      expect(await apply(control)).toBe('done')
      return { answer: await answer, passed: device.now() - before }
    }
    const left = await during({ control: 'time-out-prompt' })
    expect([left.answer, left.passed > 30_000, phases]).toMatchObject([
      { fail: { code: 'timeout' } },
      true,
      ['shown', 'timed-out'],
    ])
    const forged = await during({ control: 'forge-match' })
    expect([forged.answer, phases]).toMatchObject([{ fail: {} }, ['shown', 'forged']])
    await channel.kill()
    await device.restore()
  })
})
