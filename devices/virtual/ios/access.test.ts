import { expect, test } from 'vitest'
import { accessControlFlags as flag } from '../../../harness/contract/platforms/ios.ts'
import { needsBiometry, nobody, stepsLeft, stepsOf } from './access.ts'

const { userPresence, biometryAny, biometryCurrentSet, devicePasscode, or, and } = flag

test.each([
  ['no flags', 0, []],
  ['user presence', userPresence, ['either']],
  ['any biometry', biometryAny, ['biometry']],
  ['current set', biometryCurrentSet, ['biometry']],
  ['passcode', devicePasscode, ['passcode']],
  ['current set or passcode', biometryCurrentSet | or | devicePasscode, ['either']],
  ['any or current set', biometryAny | or | biometryCurrentSet, ['biometry']],
  ['any biometry and passcode', biometryAny | and | devicePasscode, ['biometry', 'passcode']],
  ['user presence and passcode', userPresence | and | devicePasscode, ['passcode']],
  ['user presence and biometry', userPresence | and | biometryAny, ['biometry']],
  ['two without or, and', biometryAny | devicePasscode, null],
  ['or with and', biometryAny | devicePasscode | or | and, null],
  ['a flag that is not for passwords', 1 << 30, null],
] as const)('%s', (_name, flags, steps) => {
  expect(stepsOf(flags)).toEqual(steps)
})

test('only what nothing but biometry opens needs biometry', () => {
  expect([biometryAny, biometryCurrentSet | or | devicePasscode, userPresence].map(needsBiometry)).toEqual([
    true,
    false,
    false,
  ])
})

test('what was proven is not asked for again', () => {
  const byPasscode = { biometry: false, passcode: true }
  expect(stepsLeft(['biometry', 'passcode'], nobody)).toEqual(['biometry', 'passcode'])
  expect(stepsLeft(['biometry', 'passcode'], byPasscode)).toEqual(['biometry'])
  expect(stepsLeft(['either'], byPasscode)).toEqual([])
  expect(stepsLeft(['biometry'], byPasscode)).toEqual(['biometry'])
})
