import { expect, test } from 'vitest'
import type { Control } from '../../../harness/contract/controls.ts'
import { accessControlFlags as flag } from '../../../harness/contract/platforms/ios.ts'
import { heard, item, reading, samplePhone, secret } from './sample-phone.ts'

const biometrics = 'deviceOwnerAuthenticationWithBiometrics'
const keep = { ...item, valueData: secret }

const meaningless: readonly (readonly [string, readonly Control[], Control])[] = [
  ['a touch without a prompt', [], { control: 'touch', finger: 'right' }],
  ['a dismissal without a prompt', [], { control: 'cancel-prompt', by: 'dismissal' }],
  ['leaving without a prompt', [], { control: 'leave-app' }],
  ['a time-out without a prompt', [], { control: 'time-out-prompt' }],
  ['a forged match without a prompt', [], { control: 'forge-match' }],
  ['a face on a phone with Touch ID', [], { control: 'enrol', what: 'strong-face' }],
  ['a weak face', [], { control: 'enrol', what: 'weak-face' }],
  [
    'a finger on a phone with Face ID',
    [{ control: 'use-phone', profile: 'ios-18-reset-face' }],
    { control: 'enrol', what: 'finger' },
  ],
  ['a finger less where there is none', [{ control: 'unenrol', which: 'all' }], { control: 'unenrol', which: 'one' }],
  ['a finger without a passcode', [{ control: 'remove-screen-lock' }], { control: 'enrol', what: 'finger' }],
  ['a lockout that passes', [], { control: 'lock-out', how: 'temporary' }],
  ['a second lockout', [{ control: 'lock-out', how: 'permanent' }], { control: 'lock-out', how: 'permanent' }],
  ['a passcode where there is one', [], { control: 'set-screen-lock' }],
  [
    'changing the passcode where there is none',
    [{ control: 'remove-screen-lock' }],
    { control: 'change-screen-lock', old: 'proven' },
  ],
  ['locking without a passcode', [{ control: 'remove-screen-lock' }], { control: 'lock-screen' }],
  ['unlocking what is unlocked', [], { control: 'unlock-screen' }],
  ['a finger more on a locked phone', [{ control: 'lock-screen' }], { control: 'enrol', what: 'finger' }],
  ['a finger less on a locked phone', [{ control: 'lock-screen' }], { control: 'unenrol', which: 'one' }],
  ['no more passcode on a locked phone', [{ control: 'lock-screen' }], { control: 'remove-screen-lock' }],
  [
    'another passcode on a locked phone',
    [{ control: 'lock-screen' }],
    { control: 'change-screen-lock', old: 'proven' },
  ],
  ['another language on a locked phone', [{ control: 'lock-screen' }], { control: 'change-language' }],
  ['a phone of Android', [], { control: 'use-phone', profile: 'android-34' }],
  [
    'another phone once something was done',
    [{ control: 'advance-clock', by: 1 }],
    { control: 'use-phone', profile: 'ios-15-prewarm' },
  ],
  ['turning the phone', [], { control: 'rotate' }],
  ['clearing data', [], { control: 'clear-data' }],
  ['a keyring', [], { control: 'lock-keyring' }],
]
test.each(meaningless)('%s is skipped', async (_name, before, control) => {
  const { act } = await samplePhone()
  for (const done of before) expect(await act(done)).toBe('done')
  expect(await act(control)).toBe('skipped')
})

test('a sixth finger finds no place', async () => {
  const { act } = await samplePhone()
  const enrol: Control = { control: 'enrol', what: 'finger' }
  for (let fingers = 1; fingers < 5; fingers += 1) expect(await act(enrol)).toBe('done')
  expect(await act(enrol)).toBe('skipped')
})

test('whatever takes the app from the front takes its prompts down, those that wait too', async () => {
  const controls: readonly Control[] = [
    { control: 'enrol', what: 'finger' },
    { control: 'lock-out', how: 'permanent' },
    { control: 'change-screen-lock', old: 'unproven' },
    { control: 'remove-screen-lock' },
    { control: 'lock-screen' },
    { control: 'leave-app' },
    { control: 'time-out-prompt' },
    { control: 'change-language' },
  ]
  for (const control of controls) {
    const { app, act, phases } = await samplePhone()
    const asked = [0, 1].map(() => app().laContext().evaluatePolicy(biometrics, 'test'))
    expect(await act(control)).toBe('done')
    expect(await Promise.all(asked.map(heard))).toEqual([-4, -4])
    expect(phases).toEqual(['0 shown', '0 system-cancelled'])
  }
})

test('a prompt left alone goes when the screen does, half a minute later', async () => {
  const { app, act, device } = await samplePhone()
  void app().laContext().evaluatePolicy(biometrics, 'test')
  await act({ control: 'time-out-prompt' })
  expect(device.now()).toBe(30_000)
  expect(await app().isProtectedDataAvailable()).toBe(true)
})

test('a prompt of a process that died is lost, and its call never answered', async () => {
  const { app, act, phases, restart, prompts } = await samplePhone()
  const asked = app().laContext().evaluatePolicy(biometrics, 'test')
  restart()
  expect([await heard(asked), prompts.up(), phases]).toEqual(['waiting', false, ['0 shown', '0 lost']])
  expect(await act({ control: 'touch', finger: 'right' })).toBe('skipped')
})

test('nor is one shown that waited at the death', async () => {
  const { app, act, phases, restart } = await samplePhone()
  for (let asked = 0; asked < 2; asked += 1) void app().laContext().evaluatePolicy(biometrics, 'test')
  restart()
  const asked = app().laContext().evaluatePolicy(biometrics, 'test')
  await act({ control: 'touch', finger: 'right' })
  expect(await heard(asked)).toBeNull()
  expect(phases).toEqual(['0 shown', '0 lost', '1 shown', '1 matched'])
})

test('a reboot without unlocking keeps the phone closed until it is unlocked, and then for good', async () => {
  const { app, act, device } = await samplePhone()
  await app().keychain.add({ ...keep, accessible: 'AfterFirstUnlock' })
  await act({ control: 'reboot', unlocked: false })
  expect([device.boot(), await app().isProtectedDataAvailable()]).toEqual([1, false])
  expect(await heard(app().keychain.copyMatching(reading))).toBe(-25308)
  expect(await heard(app().keychain.copyMatching({ ...item, account: 'b' }))).toBe(-25300)
  expect(await act({ control: 'lock-out', how: 'permanent' })).toBe('skipped')
  await act({ control: 'unlock-screen' })
  await act({ control: 'lock-screen' })
  expect(await heard(app().keychain.copyMatching(reading))).toBe(1)
})

test('unlocking by the PIN ends a lockout', async () => {
  const { app, act } = await samplePhone()
  await act({ control: 'lock-out', how: 'permanent' })
  await act({ control: 'lock-screen' })
  expect(await heard(app().laContext().canEvaluatePolicy(biometrics))).toBe(-8)
  await act({ control: 'unlock-screen' })
  expect(await app().laContext().canEvaluatePolicy(biometrics)).toBeNull()
})

test('a phone without a passcode is open as soon as it runs', async () => {
  const { app, act } = await samplePhone()
  await act({ control: 'remove-screen-lock' })
  await app().keychain.add(keep)
  expect(await act({ control: 'reboot', unlocked: false })).toBe('done')
  expect(await heard(app().keychain.copyMatching(reading))).toBe(1)
})

test('before the first unlock ios-15-prewarm hides every second read of what exists', async () => {
  const { app, act } = await samplePhone()
  await act({ control: 'use-phone', profile: 'ios-15-prewarm' })
  expect(app().systemVersion).toBe(15.4)
  await app().keychain.add(keep)
  await act({ control: 'reboot', unlocked: false })
  const seen = []
  for (let read = 0; read < 4; read += 1) seen.push(await heard(app().keychain.copyMatching(reading)))
  expect(seen).toEqual([-25308, -25300, -25308, -25300])
  await heard(app().keychain.copyMatching(reading))
  await act({ control: 'reboot', unlocked: false })
  expect(await heard(app().keychain.copyMatching(reading))).toBe(-25308)
})

test('a newer system is a newer version that keeps everything', async () => {
  const { app, act, device } = await samplePhone()
  await app().keychain.add({ ...keep, accessControl: { accessible: 'WhenUnlocked', flags: flag.biometryCurrentSet } })
  await act({ control: 'update-system' })
  expect([app().systemVersion, device.boot()]).toEqual([19.3, 1])
  expect(await heard(app().keychain.copyMatching({ ...item, noInterface: true }))).toBe(-25308)
})

test('a backup holds defaults and items that may move and ask nobody', async () => {
  const { app, act, device } = await samplePhone()
  const { keychain, userDefaults } = app()
  await keychain.add({ ...keep, accessible: 'AfterFirstUnlock' })
  await keychain.add({ ...keep, account: 'b', accessible: 'WhenUnlockedThisDeviceOnly' })
  await keychain.add({
    ...keep,
    account: 'c',
    accessControl: { accessible: 'WhenUnlocked', flags: flag.userPresence },
  })
  userDefaults.set('key', 'value')
  await userDefaults.synchronize()
  await act({ control: 'reinstall', backup: true })
  expect([device.takeRestored?.(), device.takeRestored?.()]).toEqual([2, null])
  expect(await device.footprint('sample')).toMatchObject({ items: 4 })
  await act({ control: 'change-phone' })
  expect(device.takeRestored?.()).toBe(2)
  expect(await device.footprint('sample')).toMatchObject({ items: 2 })
  await act({ control: 'reinstall', backup: false })
  expect(device.takeRestored?.()).toBeNull()
  expect(await device.footprint('sample')).toMatchObject({ items: 1 })
})

test('another phone is unlocked, with a passcode and a finger of its own', async () => {
  const { app, act } = await samplePhone()
  await act({ control: 'remove-screen-lock' })
  await act({ control: 'change-phone' })
  expect(await app().laContext().canEvaluatePolicy(biometrics)).toBeNull()
  expect(await app().isProtectedDataAvailable()).toBe(true)
})
