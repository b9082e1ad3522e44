import { describe, expect, test } from 'vitest'
import { type Control, phoneProfiles } from '../../../harness/contract/controls.ts'
import type { Trace } from '../../../harness/contract/device.ts'
import type { AndroidApp } from '../../../harness/contract/platforms/android.ts'
import { ask, type Bench, begun, benchOf, boundKey, type Calibrated, initTold, must, quiet, toldOf } from './bench.ts'
import { virtualAndroid } from './device.ts'
import { isAndroidProfile } from './profiles.ts'

const free = boundKey('free', { userAuthenticationRequired: false })
const traced = async (device: Calibrated): Promise<readonly Trace[]> => {
  const seen: Trace[] = []
  for await (const trace of device.traces('')) seen.push(trace)
  return seen
}
const started = () => benchOf(virtualAndroid())
const apply = ({ device }: Bench, control: Control) => device.apply(control)

/** An entry of each storage, a file, and a key for nobody, a finger and the PIN. */
const filled = async (): Promise<Bench> => {
  const bench = started()
  const app = bench.start()
  await app.sharedPreferences('vault').edit().putString('a', '1').commit()
  await app.sharedPreferences('vault', 'device').edit().putString('a', '2').commit()
  await app.noBackupFiles.write('f', Uint8Array.of(1))
  for (const spec of [free, boundKey('bound')]) await app.keyStore.generateKey(spec)
  return bench
}
const left = async (app: AndroidApp) => ({
  entries: [
    await app.sharedPreferences('vault').getString('a'),
    await app.sharedPreferences('vault', 'device').getString('a'),
  ],
  files: (await app.noBackupFiles.list()).length,
  keys: (await app.keyStore.aliases()).length,
})

describe('the app is moved and updated', () => {
  test.each<[string, Control, Awaited<ReturnType<typeof left>>, number | null]>([
    ['an update of it keeps all', { control: 'update-app' }, { entries: ['1', '2'], files: 1, keys: 2 }, null],
    [
      'an update of the system keeps all',
      { control: 'update-system' },
      { entries: ['1', '2'], files: 1, keys: 2 },
      null,
    ],
    ['clearing its data leaves nothing', { control: 'clear-data' }, { entries: [null, null], files: 0, keys: 0 }, null],
    [
      'installing it anew leaves nothing',
      { control: 'reinstall', backup: false },
      { entries: [null, null], files: 0, keys: 0 },
      null,
    ],
    [
      'its backup has its preferences',
      { control: 'reinstall', backup: true },
      { entries: ['1', '2'], files: 0, keys: 0 },
      2,
    ],
    ['on another phone too', { control: 'change-phone' }, { entries: ['1', '2'], files: 0, keys: 0 }, 2],
  ])('%s', async (_name, control, wanted, restored) => {
    const bench = await filled()
    const old = bench.start()
    await must(bench, control)
    expect(bench.device.takeRestored?.()).toBe(restored)
    expect(bench.device.takeRestored?.()).toBeNull()
    expect(await left(bench.start())).toEqual(wanted)
    expect(await toldOf(old.keyStore.aliases())).toBe('never answered')
  })
  test('what the app has not written yet is in no backup', async () => {
    const bench = await filled()
    bench.effects.hold(true)
    bench.start().sharedPreferences('vault').edit().putString('b', 'new').apply()
    await quiet()
    bench.effects.drop()
    bench.effects.hold(false)
    await must(bench, { control: 'reinstall', backup: true })
    expect(bench.device.takeRestored?.()).toBe(2)
  })
})

describe('the phone starts', () => {
  test('counts, and the time since the start begins again', async () => {
    const bench = started()
    const app = bench.start()
    await must(bench, { control: 'advance-clock', by: 5000 })
    expect([app.elapsedRealtime(), bench.device.boot()]).toEqual([5000, 0])
    await must(bench, { control: 'reboot', unlocked: true })
    await must(bench, { control: 'update-system' })
    expect([bench.start().elapsedRealtime(), bench.device.boot(), bench.device.now()]).toEqual([0, 2, 5000])
  })
  test('the wall clock can be set back, the other not', async () => {
    const bench = started()
    const app = bench.start()
    const before = app.currentTimeMillis()
    await must(bench, { control: 'advance-clock', by: -1000 })
    expect([app.currentTimeMillis() - before, app.elapsedRealtime()]).toEqual([-1000, 0])
  })
  test('without a PIN it is never locked', async () => {
    const bench = started()
    await must(bench, { control: 'remove-screen-lock' })
    expect(await apply(bench, { control: 'lock-screen' })).toBe('skipped')
    await must(bench, { control: 'reboot', unlocked: false })
    const app = bench.start()
    expect([await app.isUserUnlocked(), await app.keyguardManager.isDeviceSecure()]).toEqual([true, false])
    expect(await apply(bench, { control: 'unlock-screen' })).toBe('skipped')
  })
})

describe('settings', () => {
  const none: Control = { control: 'unenrol', which: 'all' }
  test.each<[string, readonly Control[], Control]>([
    ['a sixth finger', Array(4).fill({ control: 'enrol', what: 'finger' }), { control: 'enrol', what: 'finger' }],
    ['a second face', [{ control: 'enrol', what: 'strong-face' }], { control: 'enrol', what: 'strong-face' }],
    ['a finger where there is no PIN', [{ control: 'remove-screen-lock' }], { control: 'enrol', what: 'finger' }],
    ['a finger less where there is none', [none], { control: 'unenrol', which: 'one' }],
    ['all fingers less where there are none', [none], none],
    [
      'another PIN where there is none',
      [{ control: 'remove-screen-lock' }],
      { control: 'change-screen-lock', old: 'unproven' },
    ],
    ['no PIN where there is none', [{ control: 'remove-screen-lock' }], { control: 'remove-screen-lock' }],
    ['a PIN where there is one', [], { control: 'set-screen-lock' }],
    ['a finger more on a locked screen', [{ control: 'lock-screen' }], { control: 'enrol', what: 'finger' }],
    ['a known PIN on a locked screen', [{ control: 'lock-screen' }], { control: 'change-screen-lock', old: 'proven' }],
    ['an unlock of what is unlocked', [], { control: 'unlock-screen' }],
    ['a lockout where nobody is enrolled', [none], { control: 'lock-out', how: 'permanent' }],
    ['a phone of another platform', [], { control: 'use-phone', profile: 'ios-18' }],
    ['what only a desktop has', [], { control: 'lock-keyring' }],
    ['the death of the app, which is its owner’s to do', [], { control: 'kill-app' }],
  ])('%s has no meaning', async (_name, before, control) => {
    const bench = started()
    for (const one of before) await must(bench, one)
    expect(await apply(bench, control)).toBe('skipped')
  })
  test('a removed screen lock takes fingers and faces along; a new one brings a finger and another id', async () => {
    const bench = started()
    const app = bench.start()
    await must(bench, { control: 'enrol', what: 'weak-face' })
    await must(bench, { control: 'remove-screen-lock' })
    expect(await app.biometricManager.canAuthenticate(0xff)).toBe(11)
    await must(bench, { control: 'set-screen-lock' })
    expect(await app.biometricManager.canAuthenticate(0x0f)).toBe(0)
    expect(await app.keyguardManager.isDeviceSecure()).toBe(true)
    await app.keyStore.generateKey(boundKey('k'))
    expect(await initTold(app, 'k')).toBe('answered')
  })
  test('of three fingers, two can be removed before the key of them all is invalid', async () => {
    const bench = started()
    for (let more = 0; more < 2; more++) await must(bench, { control: 'enrol', what: 'finger' })
    const app = bench.start()
    await app.keyStore.generateKey(boundKey('k'))
    const seen: string[] = []
    for (let less = 0; less < 3; less++) {
      await must(bench, { control: 'unenrol', which: 'one' })
      seen.push(await initTold(app, 'k'))
    }
    expect(seen).toEqual(['answered', 'answered', 'KeyPermanentlyInvalidatedException'])
  })
})

describe('use-phone', () => {
  test('changes the phone before anything happened, and only then', async () => {
    const bench = started()
    const app = bench.start()
    await app.sharedPreferences('vault').getString('a')
    await must(bench, { control: 'use-phone', profile: 'android-30' })
    expect(app.sdkInt).toBe(30)
    expect(await apply(bench, { control: 'use-phone', profile: 'android-28' })).toBe('skipped')
    await bench.device.restore()
    expect(bench.start().sdkInt).toBe(34)
  })
  test.each<[string, (bench: Bench) => Promise<unknown>]>([
    ['a key was made', ({ start }) => start().keyStore.generateKey(free)],
    ['something was kept', ({ start }) => start().sharedPreferences('p').edit().putString('a', '1').commit()],
    ['the person was asked', ({ start }) => ask(start())],
    ['something was done', (bench) => must(bench, { control: 'advance-clock', by: 1 })],
  ])('is skipped once %s', async (_name, happen) => {
    const bench = started()
    await happen(bench)
    expect(await apply(bench, { control: 'use-phone', profile: 'android-28' })).toBe('skipped')
  })
  test('knows every Android phone of the contract', async () => {
    for (const profile of phoneProfiles)
      expect(await apply(started(), { control: 'use-phone', profile })).toBe(
        isAndroidProfile(profile) ? 'done' : 'skipped',
      )
  })
})

test('the same acts and calls give the same bytes after every restore, and on every device', async () => {
  const bench = started()
  const run = async ({ start, device }: Bench) => {
    const app = start()
    const cipher = await begun(app, free)
    const sealed = await cipher.doFinal(Uint8Array.of(1, 2, 3))
    await device.apply({ control: 'enrol', what: 'finger' })
    return Buffer.from([...app.randomBytes(8), ...cipher.iv, ...sealed]).toString('hex')
  }
  const first = await run(bench)
  await bench.device.restore()
  expect([await run(bench), await run(started())]).toEqual([first, first])
})

test('restore forgets everything', async () => {
  const bench = await filled()
  await must(bench, { control: 'change-language' })
  await must(bench, { control: 'lock-out', how: 'permanent' })
  await must(bench, { control: 'enrol', what: 'strong-face' })
  await toldOf(bench.start().keyStore.cipher('AES/GCM/NoPadding').doFinal(Uint8Array.of(1)))
  bench.start().log('tag', 'line')
  await ask(bench.start())
  await must(bench, { control: 'reboot', unlocked: false })
  await bench.device.restore()
  const { device, prompts, start } = bench
  expect(await device.footprint('')).toEqual({ items: 0, secretReads: 0 })
  expect([device.now(), device.boot(), prompts.up(), device.takeMisuse?.()]).toEqual([0, 0, false, []])
  const app = start()
  expect(await left(app)).toEqual({ entries: [null, null], files: 0, keys: 0 })
  expect((await ask(app)).heard).toEqual([])
  expect(prompts.up()).toBe(true)
  expect(await traced(device)).toHaveLength(1)
})
