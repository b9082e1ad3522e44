import { expect, test } from 'vitest'
import { controlNames } from '../../../harness/contract/controls.ts'
import { accessControlFlags as flag } from '../../../harness/contract/platforms/ios.ts'
import { virtualIos } from './device.ts'
import { heard, item, reading, samplePhone, secret } from './sample-phone.ts'

const keep = { ...item, valueData: secret }

test('an iPhone has every control of a phone but three, and no other', () => {
  const { controls } = virtualIos()
  const phone = controlNames.slice(controlNames.indexOf('use-phone'))
  expect(phone.filter((control) => !controls.has(control))).toEqual(['rotate', 'clear-data', 'downgrade-app'])
  expect([...controls].filter((control) => !phone.includes(control))).toEqual(['kill-app', 'advance-clock'])
})

test('a strike takes the place of an effect, and what the process asks for later never happens', async () => {
  const { app, effects, restart } = await samplePhone()
  const { keychain } = app()
  await keychain.add(keep)
  effects.arm(1, () => {})
  const put = async () => {
    await keychain.delete(item)
    await keychain.add({ ...keep, valueData: Uint8Array.of(1) })
  }
  expect(await heard(put())).toBe('waiting')
  restart()
  expect(await heard(keychain.add(keep))).toBe('waiting')
  expect(await heard(app().keychain.copyMatching(reading))).toBe(-25300)
})

test('apps see nothing of each other', async () => {
  const { app, device } = await samplePhone()
  await app().keychain.add(keep)
  app().userDefaults.set('key', 'value')
  const other = device.ios?.('other')
  expect(await other?.keychain.add(keep)).toBe(0)
  expect(await other?.userDefaults.keys()).toEqual([])
  await device.sweep('sample')
  expect(await device.footprint('sample')).toMatchObject({ items: 0 })
  expect(await device.footprint('other')).toMatchObject({ items: 1 })
})

test('secrets handed out are counted, and those asked for without data are not', async () => {
  const { app, device } = await samplePhone()
  await app().keychain.add(keep)
  await app().keychain.copyMatching(item)
  await app().keychain.copyMatching(reading)
  expect(await device.footprint('sample')).toEqual({ items: 1, secretReads: 1 })
})

test('logs and defaults are traces', async () => {
  const { app, device } = await samplePhone()
  app().log('a line')
  app().userDefaults.set('key', 'value')
  await app().userDefaults.synchronize()
  const traces = []
  for await (const { in: place, where, bytes } of device.traces('sample'))
    traces.push([place, where, new TextDecoder().decode(bytes)])
  expect(traces).toEqual([
    ['output', 'log', 'a line'],
    ['file', 'Library/Preferences/app.plist', 'key\nvalue\n'],
  ])
})

test('time is the device’s own, and a timer of the app can be taken back', async () => {
  const { app, act, device } = await samplePhone()
  const fired: string[] = []
  app().asyncAfter(100, () => fired.push('kept'))
  app().asyncAfter(100, () => fired.push('taken back'))()
  await act({ control: 'advance-clock', by: 150 })
  await heard(Promise.resolve())
  expect(fired).toEqual(['kept'])
  expect([device.now(), app().uptime(), app().now() - Date.UTC(2030, 0, 1)]).toEqual([150, 150, 150])
  await act({ control: 'reboot', unlocked: true })
  await act({ control: 'advance-clock', by: -50 })
  expect([app().uptime(), app().now() - Date.UTC(2030, 0, 1)]).toEqual([0, 100])
})

test('restoring makes the phone as new, and the same again', async () => {
  const device = virtualIos()
  const run = async () => {
    await device.restore()
    const app = device.ios?.('app')
    if (app === undefined) throw new Error('an iPhone gives an app')
    expect(device.takeRestored?.()).toBeNull()
    const phases: string[] = []
    device.prompts?.onPhase((prompt, phase) => phases.push(`${prompt} ${phase}`))
    const fresh = await device.footprint('app')
    const random = app.randomBytes(8)
    await app.keychain.add({ ...keep, accessControl: { accessible: 'WhenUnlocked', flags: flag.biometryAny } })
    const read = app.keychain.copyMatching(reading)
    await device.apply({ control: 'touch', finger: 'wrong' })
    device.prompts?.answer()
    const context = app.laContext()
    await context.canEvaluatePolicy('deviceOwnerAuthentication')
    await device.apply({ control: 'enrol', what: 'finger' })
    await device.apply({ control: 'change-language' })
    await device.apply({ control: 'lock-out', how: 'permanent' })
    await device.apply({ control: 'lock-screen' })
    void app.laContext().evaluatePolicy('deviceOwnerAuthentication', 'test')
    await device.apply({ control: 'change-phone' })
    app.log('line')
    return {
      fresh,
      random,
      read: await read,
      phases,
      state: context.evaluatedPolicyDomainState,
      text: app.keychain.errorMessage(-25300),
      version: app.systemVersion,
    }
  }
  const first = await run()
  expect(first.fresh).toEqual({ items: 0, secretReads: 0 })
  expect(await run()).toEqual(first)
})
