import { describe, expect, test } from 'vitest'
import type { Control } from '../../../harness/contract/controls.ts'
import { type AndroidApp, authenticators } from '../../../harness/contract/platforms/android.ts'
import { benchOf, must } from './bench.ts'
import { virtualAndroid } from './device.ts'
import type { AndroidProfile } from './profiles.ts'

const { strong, weak, deviceCredential } = authenticators
const on = async (profile: AndroidProfile) => {
  const bench = benchOf(virtualAndroid())
  await must(bench, { control: 'use-phone', profile })
  return { ...bench, app: bench.start() }
}

describe('canAuthenticate', () => {
  const asked = async ({ app }: { readonly app: AndroidApp }) =>
    Promise.all(
      [strong, weak, deviceCredential, strong | deviceCredential, weak | deviceCredential, 0, strong | 0x100].map(
        (wanted) => app.biometricManager.canAuthenticate(wanted),
      ),
    )
  test.each<[string, AndroidProfile, readonly Control[], readonly number[]]>([
    ['a finger and a PIN', 'android-34', [], [0, 0, 0, 0, 0, -2, -2]],
    ['no finger', 'android-34', [{ control: 'unenrol', which: 'all' }], [11, 11, 0, 0, 0, -2, -2]],
    [
      'a weak face alone',
      'android-34',
      [
        { control: 'unenrol', which: 'all' },
        { control: 'enrol', what: 'weak-face' },
      ],
      [11, 0, 0, 0, 0, -2, -2],
    ],
    ['no screen lock', 'android-34', [{ control: 'remove-screen-lock' }], [11, 11, 11, 11, 11, -2, -2]],
    [
      'a lockout, of which it says nothing',
      'android-34',
      [{ control: 'lock-out', how: 'permanent' }],
      [0, 0, 0, 0, 0, -2, -2],
    ],
    ['API 28', 'android-28', [], [0, 0, -2, -2, 0, -2, -2]],
    ['API 28, no finger', 'android-28', [{ control: 'unenrol', which: 'all' }], [-1, -1, -2, -2, 0, -2, -2]],
    ['API 28, no screen lock', 'android-28', [{ control: 'remove-screen-lock' }], [11, 11, -2, -2, 11, -2, -2]],
    [
      'API 26, no finger',
      'android-q2-late-invalidation',
      [{ control: 'unenrol', which: 'all' }],
      [11, 11, -2, 0, 0, -2, -2],
    ],
  ])('with %s', async (_name, profile, controls, wanted) => {
    const bench = await on(profile)
    for (const control of controls) await must(bench, control)
    expect(await asked(bench)).toEqual(wanted)
  })
})

describe('buttonLabel', () => {
  const lock = strong | deviceCredential
  test.each<[string, AndroidProfile, readonly Control[], number, string | null]>([
    ['a finger', 'android-34', [], strong, 'Use fingerprint'],
    [
      'a finger, and a weak face that will not do',
      'android-34',
      [{ control: 'enrol', what: 'weak-face' }],
      strong,
      'Use fingerprint',
    ],
    [
      'a finger, and a weak face that will',
      'android-34',
      [{ control: 'enrol', what: 'weak-face' }],
      weak,
      'Use biometrics',
    ],
    [
      'both, in another language',
      'android-34',
      [{ control: 'enrol', what: 'strong-face' }, { control: 'change-language' }],
      strong,
      'Biometrie verwenden',
    ],
    ['nobody', 'android-34', [{ control: 'unenrol', which: 'all' }], strong, null],
    ['nobody, and a PIN that will do', 'android-34', [{ control: 'unenrol', which: 'all' }], lock, 'Use screen lock'],
    ['an older system', 'android-30', [], strong, null],
  ])('of %s', async (_name, profile, controls, wanted, label) => {
    const bench = await on(profile)
    for (const control of controls) await must(bench, control)
    expect(await bench.app.biometricManager.buttonLabel(wanted)).toBe(label)
  })
})
