import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Device } from '../../harness/contract/device.ts'
import type { ValueRef } from '../../harness/contract/values.ts'
import { secretOf } from '../../harness/engine/canary.ts'
import { findLeaks } from '../../harness/engine/leaks.ts'
import android from '../../reference/phone/android-module.ts'
import ios from '../../reference/phone/ios-module.ts'
import { executable } from './executable.ts'
import { appiumVirtualAndroid } from './virtual-android/device.ts'
import { appiumVirtualIos } from './virtual-ios/device.ts'
import type { OnWire } from './wire-tap.ts'

const there = ['adb', 'chromium', 'chromedriver'].every((name) => executable([name]) !== null)
const project = fileURLToPath(new URL('../../', import.meta.url))
const values: readonly ValueRef[] = (['text', 'unicode', 'binary', 'prefixed'] as const).map((kind, canary) => ({
  canary,
  size: 40,
  kind,
}))
const bytesOf = (value: ValueRef): Buffer => Buffer.from(secretOf(value, 'bytes') as Uint8Array)
/** By their bytes as Latin-1, as the search for leaks has them. */
const used = new Map(values.map((value) => [bytesOf(value).toString('latin1'), value]))

/** Keeps and reads each value, with what a person does for it, and once without success. */
const exercise = async (device: Device) => {
  await device.restore()
  const channel = await device.channel?.([], {})
  if (channel === undefined) throw new Error('the device has no channel')
  const lines = channel.lines[Symbol.asyncIterator]()
  const ask = async (request: object): Promise<unknown> => {
    channel.send(JSON.stringify(request))
    return JSON.parse((await lines.next()).value)
  }
  await ask({ hello: { protocol: 1 } })
  await ask({ id: 0, begin: { namespace: 'namespace-that-is-seen' } })
  for (const [index, value] of values.entries()) {
    const access = index % 2 === 0 ? 'current-set' : 'none'
    const put = { id: 2 * index + 1, op: 'put', name: 'a', value, access }
    expect(await ask(put)).toMatchObject({ ok: null })
    const answer = ask({ id: 2 * index + 2, op: 'get', name: 'a' })
    if (access === 'current-set') {
      await expect.poll(() => device.watched?.look()).toBe(true)
      await device.apply({ control: 'touch', finger: 'right' })
    }
    expect(await answer).toMatchObject({ ok: { sha256: expect.any(String) } })
  }
  await channel.kill()
}

// Skipped, visibly, where adb, Chromium or chromedriver is not there.
describe.skipIf(!there)('of what a vault is given nothing is', { timeout: 120_000 }, () => {
  test.each([
    ['appium-virtual-android', 'page', ['adb', 'webdriver']],
    ['appium-virtual-android', 'dial', ['adb', 'webdriver']],
    ['appium-virtual-ios', 'page', ['webdriver']],
    ['appium-virtual-ios', 'dial', ['webdriver']],
  ] as const)('on the wires of %s by %s, nor in a log of what is on the way', async (name, by, wires) => {
    const heard = new Map<string, Uint8Array[]>()
    const onWire: OnWire = (wire, bytes) => heard.set(wire, [...(heard.get(wire) ?? []), bytes])
    const options = { project, by, onWire }
    const device =
      name === 'appium-virtual-ios'
        ? await appiumVirtualIos({ module: ios, ...options })
        : await appiumVirtualAndroid({ module: android, ...options })
    const logs: Record<string, Uint8Array> = {}
    try {
      await exercise(device)
      for await (const { where, bytes } of device.traces('')) logs[where] = bytes
    } finally {
      await device[Symbol.asyncDispose]()
    }
    expect([...heard.keys()].sort()).toEqual(wires)
    const all = { ...logs, ...Object.fromEntries([...heard].map(([wire, pieces]) => [wire, Buffer.concat(pieces)])) }
    for (const [where, bytes] of Object.entries(all))
      expect([where, findLeaks(bytes, used, false)]).toEqual([where, []])
    // Were one there, it would be found.
    const planted = [all.webdriver ?? Buffer.alloc(0), ...values.slice(0, 1).map(bytesOf)]
    expect(findLeaks(Buffer.concat(planted), used, false)).toMatchObject([{ canary: 0 }])
    // It went this way, as far as it goes: by its namespace, where an app is asked by its page.
    if (by === 'page') expect(Buffer.from(all.webdriver ?? '').includes('namespace-that-is-seen')).toBe(true)
    else if (name === 'appium-virtual-android') expect(Buffer.from(all.adb ?? '').includes('Upgrade')).toBe(true)
  })
})
