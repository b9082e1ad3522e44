import { expect, test } from 'vitest'
import type { IosApp } from '../../../../harness/contract/platforms/ios.ts'
import { createIphone, passcode } from './iphone.ts'
import { pageSource } from './page-source.ts'

/** A phone without pages, whose app gives its platform to the test. */
const iphone = async () => {
  let ios: IosApp | null = null
  const app = {
    bundleId: 'dev.example',
    label: 'Example',
    files: new Map(),
    start(given: IosApp) {
      ios = given
      return { call: async () => null }
    },
  }
  const phone = createIphone(app, { async open() {}, async close() {} }, () => 0)
  await phone.activate()
  const heard: (number | null)[] = []
  const ask = (policy: 'deviceOwnerAuthentication' | 'deviceOwnerAuthenticationWithBiometrics') => {
    void ios
      ?.laContext()
      .evaluatePolicy(policy, 'a test')
      .then((error) => heard.push(error?.code ?? null))
  }
  return { phone, ask, heard }
}

test('an alert has its own button after the first miss only, and every alert another id', async () => {
  const { phone, ask, heard } = await iphone()
  ask('deviceOwnerAuthenticationWithBiometrics')
  expect(phone.alert()).toMatchObject({ buttons: ['Cancel'], asksPasscode: false })
  const { id } = phone.alert() ?? {}
  phone.sendBiometricMatch('touchId', false)
  expect(phone.alert()).toMatchObject({ id, buttons: ['Cancel', 'Enter Password'] })
  expect(pageSource(phone.screen(), phone.alert())).toMatch(/<XCUIElementTypeAlert [^>]*name="Touch ID for “Example”"/)
  expect(phone.tapAlert('OK')).toBe(false)
  expect(phone.tapAlert('Cancel')).toBe(true)
  ask('deviceOwnerAuthenticationWithBiometrics')
  expect(phone.alert()?.id).not.toBe(id)
  phone.sendBiometricMatch('touchId', true)
  await expect.poll(() => heard).toEqual([-2, null])
  await phone.stop()
})

test('a face before a sensor for fingers is nobody', async () => {
  const { phone, ask } = await iphone()
  ask('deviceOwnerAuthenticationWithBiometrics')
  phone.sendBiometricMatch('faceId', true)
  expect(phone.alert()).not.toBeNull()
  await phone.stop()
})

test('without a finger it asks for the passcode, and takes no other', async () => {
  const { phone, ask, heard } = await iphone()
  phone.enrolBiometric(false)
  ask('deviceOwnerAuthentication')
  expect(phone.alert()?.asksPasscode).toBe(true)
  phone.type('0000')
  expect(phone.alert()).not.toBeNull()
  phone.type(passcode)
  await expect.poll(() => heard).toEqual([null])
  await phone.stop()
})

test('going home takes the alert down, and nobody is asked for an app that is not in front', async () => {
  const { phone, ask, heard } = await iphone()
  ask('deviceOwnerAuthenticationWithBiometrics')
  phone.background()
  expect(phone.alert()).toBeNull()
  ask('deviceOwnerAuthenticationWithBiometrics')
  expect(phone.alert()).toBeNull()
  await expect.poll(() => heard).toEqual([-4, -1004])
  await phone.stop()
})
