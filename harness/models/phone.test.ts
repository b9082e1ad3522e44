import { describe, expect, it } from 'vitest'
import type { Control, PhoneProfile } from '../contract/controls.ts'
import type { AccessPolicy } from '../contract/operations.ts'
import { android } from './android.ts'
import { codesOf, type Fates, usable } from './fate.ts'
import { ios } from './ios.ts'
import { type Platform, phone } from './phone.ts'

const policies: readonly AccessPolicy[] = ['current-set', 'any-enrolled', 'device-credential', 'none']
const enrol = (what: 'finger' | 'strong-face' | 'weak-face'): Control => ({ control: 'enrol', what })
const unenrol = (which: 'one' | 'all'): Control => ({ control: 'unenrol', which })
const use = (profile: PhoneProfile): Control => ({ control: 'use-phone', profile })
const lockChange = (old: 'proven' | 'unproven'): Control => ({ control: 'change-screen-lock', old })
const reboot = (unlocked: boolean): Control => ({ control: 'reboot', unlocked })
const bare = (
  control: 'remove-screen-lock' | 'set-screen-lock' | 'lock-screen' | 'unlock-screen' | 'update-system' | 'update-app',
): Control => ({ control })
const lockOut = (how: 'temporary' | 'permanent'): Control => ({ control: 'lock-out', how })
const reinstall = (backup: boolean): Control => ({ control: 'reinstall', backup })

/** What a read meets, by policy, of an entry that was written before these controls. A number: items of a backup. */
function fates(platform: Platform, ...steps: readonly (Control | readonly [Control, number])[]): readonly Fates[] {
  const model = phone(platform)
  for (const step of steps) {
    if ('control' in step) model.control(step, null)
    else model.control(step[0], step[1])
  }
  return policies.map((policy) => model.read(model.kept(usable, policy, 0, false), policy))
}
const lost: Fates = ['invalidated']
const open: Fates = ['usable']

describe('Android, cell by cell', () => {
  const begun = [enrol('finger')]
  it.each<[string, readonly (Control | readonly [Control, number])[], readonly Fates[]]>([
    ['nothing happened', [], [open, open, open, open]],
    ['enrol 2nd finger', begun, [lost, open, open, open]],
    ['remove 1 of 2 fingers', [enrol('weak-face')], [open, open, open, open]],
    ['remove all fingers', [unenrol('all')], [['invalidated', 'not-enrolled'], ['not-enrolled'], open, open]],
    ['remove the last finger', [unenrol('one')], [['invalidated', 'not-enrolled'], ['not-enrolled'], open, open]],
    ['remove all, then re-enrol', [unenrol('all'), enrol('finger')], [lost, open, open, open]],
    ['enrol class-3 face', [enrol('strong-face')], [lost, open, open, open]],
    ['enrol class-2 face', [enrol('weak-face')], [open, open, open, open]],
    ['PIN changed, old proven', [lockChange('proven')], [open, open, open, open]],
    ['PIN force-reset', [lockChange('unproven')], [lost, lost, lost, open]],
    [
      'lock screen to None',
      [bare('remove-screen-lock')],
      [
        ['invalidated', 'no-screen-lock', 'not-enrolled'],
        ['invalidated', 'no-screen-lock', 'not-enrolled'],
        ['invalidated', 'no-screen-lock'],
        open,
      ],
    ],
    ['a lock screen again', [bare('remove-screen-lock'), bare('set-screen-lock')], [lost, lost, lost, open]],
    [
      'reboot, before first unlock',
      [reboot(false)],
      [['before-first-unlock'], ['before-first-unlock'], ['before-first-unlock'], ['before-first-unlock', 'usable']],
    ],
    ['reboot + unlock', [reboot(false), bare('unlock-screen')], [open, open, open, open]],
    ['OS upgrade', [bare('update-system')], [open, open, open, open]],
    ['app update', [bare('update-app')], [open, open, open, open]],
    ['clear data', [{ control: 'clear-data' }], [['gone'], ['gone'], ['gone'], ['gone']]],
    ['uninstall', [reinstall(false)], [['gone'], ['gone'], ['gone'], ['gone']]],
    ['uninstall, with Auto Backup', [[reinstall(true), 2]], [lost, lost, lost, lost]],
    ['uninstall, with an empty backup', [[reinstall(true), 0]], [['gone'], ['gone'], ['gone'], ['gone']]],
    ['another phone', [[{ control: 'change-phone' }, 1]], [lost, lost, lost, ['usable', 'invalidated']]],
    [
      'Q4, lock screen to None and back',
      [use('android-q4-unlocked-device-keys'), bare('remove-screen-lock'), bare('set-screen-lock')],
      [lost, lost, lost, ['usable', 'invalidated']],
    ],
    [
      'Q5, PIN changed',
      [use('android-q5-screen-lock-wipes'), lockChange('proven')],
      Array(4).fill(['usable', 'invalidated']),
    ],
    [
      'Q6, enrol 2nd finger',
      [use('android-q6-enrolment-unnoticed'), enrol('finger')],
      [['usable', 'invalidated'], open, open, open],
    ],
    [
      'Q3, OS upgrade',
      [use('android-q3-update-breaks-keys'), bare('update-system')],
      [
        ['usable', 'failing'],
        ['usable', 'failing'],
        ['usable', 'failing'],
        ['usable', 'failing'],
      ],
    ],
    [
      'locked out for a while',
      [lockOut('temporary')],
      [['locked-out'], ['locked-out'], ['usable', 'locked-out'], open],
    ],
    [
      'locked out for good',
      [lockOut('permanent')],
      [['locked-out-for-good'], ['locked-out-for-good'], ['usable', 'locked-out-for-good'], open],
    ],
    [
      'locked out, then unlocked by the PIN',
      [lockOut('permanent'), bare('lock-screen'), bare('unlock-screen')],
      [open, open, open, open],
    ],
    ['screen locked', [bare('lock-screen')], Array(4).fill(['usable', 'screen-locked'])],
  ])('%s', (_, steps, expected) => {
    expect(fates(android, ...steps)).toEqual(expected)
  })

  it('removing one of two fingers keeps the key, and on Q1 makes it fail until a restart', () => {
    const model = phone(android)
    for (const step of [use('android-q1-removed-finger'), enrol('finger')]) model.control(step, null)
    const from = model.happened.length
    model.control(unenrol('one'), null)
    const read = () => model.read(model.kept(usable, 'current-set', from, false), 'current-set')
    expect(read()).toEqual(['usable', 'failing', 'invalidated'])
    model.control(reboot(true), null)
    expect(read()).toEqual(open)
  })
  it('an entry written after a change is not touched by it', () => {
    const model = phone(android)
    model.control(enrol('finger'), null)
    expect(model.kept(usable, 'current-set', 1, false)).toEqual(open)
    expect(model.kept(usable, 'current-set', 0, true)).toEqual(['usable', 'invalidated'])
  })
  it('five misses lock for half a minute, twenty until the PIN; a match forgets them', () => {
    const model = phone(android)
    const read = () => model.read(usable, 'any-enrolled')
    for (let miss = 0; miss < 4; miss++) model.missed()
    expect(read()).toEqual(open)
    model.missed()
    expect(read()).toEqual(['locked-out'])
    model.tick(29_700)
    expect(read()).toEqual(['locked-out', 'usable'])
    model.tick(32_000)
    expect(read()).toEqual(open)
    model.matched()
    for (let miss = 0; miss < 20; miss++) model.missed()
    expect(read()).toEqual(['locked-out-for-good'])
    model.tick(1_000_000)
    expect(read()).toEqual(['locked-out-for-good'])
  })
  it('a write needs what its policy needs', () => {
    const model = phone(android)
    model.control(unenrol('all'), null)
    expect(policies.map((policy) => model.write(policy, false))).toEqual([
      ['not-enrolled'],
      ['not-enrolled'],
      open,
      open,
    ])
    model.control(bare('remove-screen-lock'), null)
    expect(model.write('device-credential', false)).toEqual(['no-screen-lock'])
    expect(model.write('none', false)).toEqual(open)
    model.control(bare('set-screen-lock'), null)
    model.control(lockOut('temporary'), null)
    expect(model.write('current-set', true)).toEqual(['locked-out'])
    expect(model.write('current-set', false)).toEqual(open)
  })
})

describe('iOS, cell by cell', () => {
  const adopts = ios('adopts')
  const either: Fates = ['usable', 'invalidated']
  it.each<[string, readonly (Control | readonly [Control, number])[], readonly Fates[]]>([
    ['fingers added', [enrol('finger')], [lost, open, open, open]],
    ['no biometry enrolled', [unenrol('all')], [['invalidated', 'not-enrolled'], ['not-enrolled'], open, open]],
    ['passcode changed', [lockChange('proven')], [open, open, open, open]],
    ['passcode removed and added', [bare('remove-screen-lock'), bare('set-screen-lock')], [lost, either, either, open]],
    ['reboot, before first unlock', [reboot(false)], Array(4).fill(['before-first-unlock'])],
    ['reboot + unlock', [reboot(true)], [open, open, open, open]],
    ['major OS update', [bare('update-system')], [open, open, open, open]],
    ['uninstall', [reinstall(false)], [open, open, open, open]],
    ['uninstall, with an empty backup', [[reinstall(true), 0]], [open, open, open, open]],
    ['another phone, nothing moved', [[{ control: 'change-phone' }, 0]], Array(4).fill(['gone'])],
    ['Reset Face ID', [use('ios-18-reset-face'), unenrol('all'), enrol('strong-face')], [lost, either, open, open]],
    [
      'lockout',
      [lockOut('permanent')],
      [['locked-out-for-good'], ['locked-out-for-good'], ['usable', 'locked-out-for-good'], open],
    ],
  ])('%s', (_, steps, expected) => {
    expect(fates(adopts, ...steps)).toEqual(expected)
  })
  it('removing one of two fingers ends what is bound to the set', () => {
    const model = phone(adopts)
    model.control(enrol('finger'), null)
    model.control(unenrol('one'), null)
    expect(model.kept(usable, 'current-set', 1, false)).toEqual(lost)
    expect(model.kept(usable, 'any-enrolled', 1, false)).toEqual(open)
  })
  it('a new installation finds what the vault says it does with it', () => {
    expect(fates(ios('purges'), reinstall(false))).toEqual(Array(4).fill(['gone']))
  })
  it('five misses lock out until the passcode', () => {
    const model = phone(adopts)
    for (let miss = 0; miss < 5; miss++) model.missed()
    expect(model.read(usable, 'any-enrolled')).toEqual(['locked-out-for-good'])
    model.control(reboot(true), null)
    expect(model.read(usable, 'any-enrolled')).toEqual(open)
  })
})

it('each fate has its codes', () => {
  expect(codesOf(['invalidated', 'not-enrolled'])).toEqual(['key-invalidated', 'not-enrolled'])
  expect(codesOf(['usable'])).toEqual([])
})
