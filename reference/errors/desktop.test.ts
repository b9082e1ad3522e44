import { describe, expect, it } from 'vitest'
import { osStatusDomain } from './ios-osstatus.ts'
import { macosKeychainFailure } from './macos-keychain.ts'
import { native, windows } from './sample-errors.ts'
import { dbusDomain, secretPromptDomain, secretServiceFailure } from './secret-service.ts'
import {
  consentDomain,
  credentialStatusDomain,
  hresultDomain,
  type WindowsContext,
  win32Domain,
  windowsFailure,
} from './windows-credential-manager.ts'

describe('desktops', () => {
  it('Secret Service: its three errors, its prompts, and a bus without it', () => {
    const judged = (domain: string, name: string, prompting = false) =>
      secretServiceFailure(native(domain, name), { prompting }).code
    const secret = 'org.freedesktop.Secret.Error.'
    expect(judged(dbusDomain, `${secret}IsLocked`)).toBe('store-locked')
    expect(judged(dbusDomain, `${secret}NoSession`)).toBe('unavailable')
    expect(judged(dbusDomain, `${secret}NoSuchObject`)).toBe('not-found')
    expect(judged(secretPromptDomain, 'dismissed')).toBe('user-cancelled')
    expect(judged(secretPromptDomain, 'unanswered')).toBe('store-locked')
    expect(judged(dbusDomain, 'org.freedesktop.DBus.Error.ServiceUnknown')).toBe('unavailable')
    expect(judged(dbusDomain, 'org.freedesktop.DBus.Error.NoReply')).toBe('unavailable')
    expect(judged(dbusDomain, 'org.freedesktop.DBus.Error.NoReply', true)).toBe('store-locked')
  })
  it('macOS: a locked keychain is not a locked device', () => {
    const seen = [-25300, -25293, -128, -25308, -34018, -25299].map(
      (code) => macosKeychainFailure(native(osStatusDomain, code)).code,
    )
    expect(seen).toEqual(['not-found', 'auth-failed', 'user-cancelled', 'store-locked', 'access-denied', 'busy'])
  })
  it('Windows: every number, with the limit where it is known', () => {
    const judged = (domain: string, code: number, more: Partial<WindowsContext> = {}) =>
      windowsFailure(native(domain, code), { ...windows, ...more })
    expect(judged(win32Domain, 1783)).toMatchObject({ code: 'too-large', limit: 2_560 })
    expect(judged(win32Domain, 87, { blobBytes: 2_561 })).toMatchObject({ code: 'too-large', limit: 2_560 })
    expect(judged(win32Domain, 87, { blobBytes: 2_560 }).code).toBe('invalid-argument')
    expect(judged(win32Domain, 1168).code).toBe('not-found')
    expect(judged(win32Domain, 8).code).toBe('no-space')
    expect(judged(hresultDomain, 0x8009000d).code).toBe('key-invalidated')
    expect(judged(hresultDomain, 0x8009000d | 0).code).toBe('key-invalidated')
    expect(judged(hresultDomain, 0x8009000d, { ciphertext: false }).code).toBe('not-found')
    expect(judged(hresultDomain, 0x80090010).code).toBe('access-denied')
    expect(judged(hresultDomain, 0x80090010, { keyListed: false }).code).toBe('key-invalidated')
    expect(judged(hresultDomain, 0x80090010, { keyListed: true }).code).toBe('access-denied')
    const consent = [1, 2, 3, 4, 5, 6].map((code) => judged(consentDomain, code).code)
    expect(consent).toEqual([
      'no-hardware',
      'not-enrolled',
      'access-denied',
      'hardware-unavailable',
      'locked-out-permanent',
      'user-cancelled',
    ])
    expect(judged(credentialStatusDomain, 2).code).toBe('key-invalidated')
    expect(judged(credentialStatusDomain, 3).code).toBe('user-cancelled')
  })
})
