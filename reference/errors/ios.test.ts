import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { laErrorDomain, laFailure } from './ios-laerror.ts'
import { type IosKeychainContext, iosKeychainFailure, iosOsStatusErrors, osStatusDomain } from './ios-osstatus.ts'
import { all, contexts, keychain, native, nativeOf } from './sample-errors.ts'

describe('iOS', () => {
  it('OSStatus: every number', () => {
    const listed = all(osStatusDomain, {
      [-25293]: 'auth-failed',
      [-25295]: 'corrupt',
      [-25299]: 'busy',
      [-25300]: 'not-found',
      [-25308]: 'device-locked',
      [-128]: 'user-cancelled',
      [-34018]: 'access-denied',
      [-50]: 'invalid-argument',
      [-25291]: 'unavailable',
    })
    for (const [error, to] of listed) expect([error, iosKeychainFailure(error, keychain).code]).toEqual([error, to])
  })
  it('LAError: every number', () => {
    const listed = all(laErrorDomain, {
      [-1]: 'auth-failed',
      [-2]: 'user-cancelled',
      [-3]: 'fallback-chosen',
      [-4]: 'system-cancelled',
      [-5]: 'no-screen-lock',
      [-6]: 'no-hardware',
      [-7]: 'not-enrolled',
      [-8]: 'locked-out-permanent',
      [-9]: 'system-cancelled',
      [-10]: 'invalid-argument',
      [-11]: 'hardware-unavailable',
      [-12]: 'no-hardware',
      [-13]: 'hardware-unavailable',
      [-14]: 'invalid-argument',
      [-1004]: 'device-locked',
    })
    for (const [error, to] of listed) expect([error, laFailure(error, { sensor: false }).code]).toEqual([error, to])
    expect(laFailure(native(laErrorDomain, -6), { sensor: true }).code).toBe('access-denied')
  })
  it('-25300 is an invalidation with a marker, absence without, and neither before the first unlock', () => {
    fc.assert(
      fc.property(contexts.keychain, (context) => {
        const { code } = iosKeychainFailure(native(osStatusDomain, -25300), context)
        const opened = context.marker ? 'key-invalidated' : 'not-found'
        expect(code).toBe(context.protectedData ? opened : 'device-locked')
      }),
    )
  })
  it('no other number is an invalidation, least of all -25293', () => {
    fc.assert(
      fc.property(fc.constantFrom(...iosOsStatusErrors), contexts.keychain, (row, context) => {
        fc.pre(row.match !== -25300)
        expect(iosKeychainFailure(nativeOf(row), context).code).not.toBe('key-invalidated')
      }),
    )
    const unenrolled = iosKeychainFailure(native(osStatusDomain, -25293), {
      ...keychain,
      marker: true,
      enrolled: false,
    })
    expect(unenrolled.code).toBe('not-enrolled')
  })
  it('-25308 says that the item is there, where no prompt was allowed', () => {
    const asked = (more: Partial<IosKeychainContext>) =>
      iosKeychainFailure(native(osStatusDomain, -25308), { ...keychain, ...more }).code
    expect([asked({ silent: true }), asked({ silent: true, protectedData: false })]).toEqual([
      'auth-failed',
      'device-locked',
    ])
  })
})
