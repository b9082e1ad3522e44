import { expect, test } from 'vitest'
import type { KeyGenParameterSpec } from '../../../harness/contract/platforms/android.ts'
import { createRandom } from '../../simulation/random.ts'
import { boundKey } from './bench.ts'
import { canUserAuthorizationSucceed, keyAuthorization, whyNot } from './key-sids.ts'
import { createPhone, enrolTemplate, newRootSid, type Phone, removeAllTemplates, setUp, strongSids } from './phone.ts'
import { profiles } from './profiles.ts'

const random = createRandom()
const owned = (change: (phone: Phone) => void = () => {}): Phone => {
  const phone = createPhone()
  setUp(phone, random)
  change(phone)
  return phone
}
const withFace = (phone: Phone) => enrolTemplate(phone, 'strong-face', random)
const withoutFingers = (phone: Phone) => removeAllTemplates(phone)
const withoutLock = (phone: Phone) => {
  removeAllTemplates(phone)
  phone.rootSid = null
}
const by = (means: 'biometric' | 'credential' | 'both', seconds = 0, more: Partial<KeyGenParameterSpec> = {}) =>
  boundKey('key', { userAuthentication: { seconds, by: means }, ...more })
const kept = { invalidatedByBiometricEnrollment: false }

test.each<[string, KeyGenParameterSpec, (phone: Phone) => readonly (string | null)[] | null]>([
  ['nobody', boundKey('key', { userAuthenticationRequired: false }), () => null],
  ['a finger', by('biometric'), strongSids],
  ['a finger, by default', boundKey('key'), strongSids],
  ['a finger, kept', by('biometric', 0, kept), ({ rootSid }) => [rootSid]],
  ['a finger or the PIN: the flag has no effect', by('both'), ({ rootSid }) => [rootSid]],
  ['a finger or the PIN, kept', by('both', 0, kept), ({ rootSid }) => [rootSid]],
  ['the PIN', by('credential'), ({ rootSid }) => [rootSid]],
  ['a finger for 30 s: the same ids', by('biometric', 30), strongSids],
  ['the PIN for 30 s', by('credential', 30), ({ rootSid }) => [rootSid]],
])('ids of a key for %s', (_name, spec, sids) => {
  for (const phone of [owned(), owned(withFace)])
    expect(keyAuthorization(spec, phone)?.sids ?? null).toEqual(sids(phone))
})

test.each<[string, KeyGenParameterSpec, (phone: Phone) => void, string | null]>([
  ['a finger, with one enrolled', by('biometric'), () => {}, null],
  ['a finger, with none enrolled', by('biometric'), withoutFingers, 'needs-biometric'],
  ['a finger kept, with none enrolled', by('biometric', 0, kept), withoutFingers, 'needs-biometric'],
  [
    'a finger, with a weak face only',
    by('biometric'),
    (phone) => {
      removeAllTemplates(phone)
      enrolTemplate(phone, 'weak-face', random)
    },
    'needs-biometric',
  ],
  ['both, with no finger', by('both'), withoutFingers, null],
  ['both, without a screen lock', by('both'), withoutLock, 'needs-screen-lock'],
  ['the PIN, without a screen lock', by('credential'), withoutLock, 'needs-screen-lock'],
  ['nobody, without a screen lock', boundKey('key', { userAuthenticationRequired: false }), withoutLock, null],
  ['StrongBox, with one', boundKey('key', { strongBoxBacked: true }), () => {}, null],
])('making a key for %s', (_name, spec, change, why) => {
  expect(whyNot(spec, owned(change))).toBe(why)
})

test('what an older API level cannot ask for is refused, and a duration takes either means there', () => {
  const old = owned((phone) => {
    phone.rules = profiles['android-28'].rules
  })
  expect(whyNot(by('both'), old)).toBe('newer-api')
  expect(whyNot(by('credential'), old)).toBe('newer-api')
  expect(whyNot(by('biometric', 30), old)).toBe(null)
  expect(keyAuthorization(by('biometric', 30), old)).toEqual({ sids: [old.rootSid], by: 'both', seconds: 30 })
  expect(whyNot(boundKey('key', { strongBoxBacked: true }), old)).toBe('no-strongbox')
})

test.each<[string, boolean, (phone: Phone) => void, boolean]>([
  ['its fingers, unchanged', true, () => {}, true],
  ['its fingers, and one was enrolled', true, (phone) => enrolTemplate(phone, 'finger', random), false],
  [
    'its fingers, and one was removed',
    true,
    ({ sensors }) => {
      sensors.finger.templates -= 1
    },
    false,
  ],
  ['its fingers, and a strong face was enrolled', true, withFace, false],
  ['its fingers, and a weak face was enrolled', true, (phone) => enrolTemplate(phone, 'weak-face', random), true],
  ['its fingers, and the screen lock has another id', true, (phone) => newRootSid(phone, random), true],
  ['the screen lock, and a finger was enrolled', false, (phone) => enrolTemplate(phone, 'finger', random), true],
  ['the screen lock, and it has another id', false, (phone) => newRootSid(phone, random), false],
  ['the screen lock, and there is none', false, withoutLock, false],
])('a key that holds %s', (_name, toEnrolments, change, can) => {
  const phone = owned()
  const key = keyAuthorization(by('biometric', 0, { invalidatedByBiometricEnrollment: toEnrolments }), phone)
  if (key === null) throw new Error('it asks for somebody')
  change(phone)
  expect(canUserAuthorizationSucceed(key, phone)).toBe(can)
})

test('a key that holds the id of one strong sensor of two is not enough', () => {
  const phone = owned(withFace)
  const [finger = '', face = ''] = strongSids(phone)
  const holds = (...sids: readonly string[]) =>
    canUserAuthorizationSucceed({ sids, by: 'biometric', seconds: 0 }, phone)
  expect([holds(finger), holds(face), holds(finger, face), holds()]).toEqual([false, false, true, false])
})

test('one of two fingers removed leaves the id as it is; one strong sensor of two removed too', () => {
  const phone = owned((one) => {
    enrolTemplate(one, 'finger', random)
    withFace(one)
  })
  const key = keyAuthorization(by('biometric'), phone)
  if (key === null) throw new Error('it asks for somebody')
  phone.sensors.finger.templates -= 1
  expect(canUserAuthorizationSucceed(key, phone)).toBe(true)
  phone.sensors.finger.templates = 0
  expect(canUserAuthorizationSucceed(key, phone)).toBe(true)
})

test('an enrolment on one strong sensor gives every other strong sensor a new id, and no weak one', () => {
  const phone = owned((one) => {
    withFace(one)
    enrolTemplate(one, 'weak-face', random)
  })
  const ids = () => Object.values(phone.sensors).map(({ authenticatorId }) => authenticatorId)
  const [finger, strong, weak] = ids()
  enrolTemplate(phone, 'finger', random)
  const [fingerAfter, strongAfter, weakAfter] = ids()
  expect([finger === fingerAfter, strong === strongAfter, weak === weakAfter]).toEqual([false, false, true])
  enrolTemplate(phone, 'weak-face', random)
  expect(ids().slice(0, 2)).toEqual([fingerAfter, strongAfter])
})
