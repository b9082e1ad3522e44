import { expect, test } from 'vitest'
import type { Control } from '../../../harness/contract/controls.ts'
import {
  type AndroidApp,
  authenticators,
  type Cipher,
  JavaThrowable,
  type KeyGenParameterSpec,
  type Transformation,
} from '../../../harness/contract/platforms/android.ts'
import { settling } from '../../simulation/settling.ts'
import { ask, type Bench, begun, benchOf, boundKey, must, quiet, strongPrompt, toldOf } from './bench.ts'
import { virtualAndroid } from './device.ts'
import { operationSlots } from './keystore.ts'
import type { AndroidProfile } from './profiles.ts'

const secret = new TextEncoder().encode('secret')
const free: KeyGenParameterSpec = boundKey('free', { userAuthenticationRequired: false })
const gcm = 'AES/GCM/NoPadding'

const on = async (profile: AndroidProfile = 'android-34'): Promise<Bench & { readonly app: AndroidApp }> => {
  const bench = benchOf(virtualAndroid())
  await must(bench, { control: 'use-phone', profile })
  return { ...bench, app: bench.start() }
}
/** Class, number and cause of what is thrown. */
const thrownBy = async (promise: Promise<unknown>): Promise<string> => {
  const seen = await settling(promise)
  if (seen.is !== 'failed' || !(seen.error instanceof JavaThrowable)) return seen.is
  const numbered = ({ className, keyStoreError: number }: JavaThrowable) =>
    `${className}${number === null ? '' : ` ${number.code}${number.transient ? ' transient' : ''}`}`
  const { cause } = seen.error
  return numbered(seen.error) + (cause === null ? '' : ` caused by ${numbered(cause)}`)
}
const encrypted = async (app: AndroidApp, spec: KeyGenParameterSpec) => {
  const cipher = await begun(app, spec)
  return { iv: cipher.iv, sealed: await cipher.doFinal(secret) }
}
const opening = async (app: AndroidApp, { alias, transformation }: KeyGenParameterSpec, iv: Uint8Array) => {
  const cipher = app.keyStore.cipher(transformation)
  await cipher.init('decrypt', { alias }, iv.length === 0 ? undefined : iv)
  return cipher
}
const misused = ({ device }: Bench) => device.takeMisuse?.().map(({ call }) => call)

test.each<Transformation>(['AES/GCM/NoPadding', 'AES/CBC/PKCS7Padding', 'RSA/ECB/OAEPPadding'])(
  'a value goes through %s and comes back, also an empty one',
  async (transformation) => {
    const { app } = await on()
    const spec = { ...free, transformation }
    await app.keyStore.generateKey(spec)
    for (const value of [secret, new Uint8Array(0)]) {
      const cipher = app.keyStore.cipher(transformation)
      await cipher.init('encrypt', { alias: 'free' })
      const sealed = await cipher.doFinal(value)
      expect(Buffer.from(sealed).includes('secret')).toBe(false)
      expect(Buffer.from(await (await opening(app, spec, cipher.iv)).doFinal(sealed))).toEqual(Buffer.from(value))
    }
  },
)

test('one half of a pair encrypts and asks nobody, the other needs a match; a block takes 190 bytes', async () => {
  const bench = await on()
  const { app, prompts } = bench
  const spec = boundKey('pair', { transformation: 'RSA/ECB/OAEPPadding' })
  const { half } = await app.keyStore.generateKey(spec)
  expect(half).toBe('private')
  const publicHalf = app.keyStore.cipher(spec.transformation)
  await publicHalf.init('encrypt', { alias: 'pair', half: 'public' })
  const sealed = await publicHalf.doFinal(secret)
  expect([sealed.length, publicHalf.iv.length]).toEqual([256, 0])
  const open = await opening(app, spec, publicHalf.iv)
  expect(await thrownBy(open.doFinal(sealed))).toContain('IllegalBlockSize')
  const asked = await opening(app, spec, publicHalf.iv)
  await ask(app, asked)
  prompts.answer()
  await quiet()
  expect(Buffer.from(await asked.doFinal(sealed)).toString()).toBe('secret')
  expect(await thrownBy(publicHalf.doFinal(new Uint8Array(191)))).toContain('IllegalBlockSize')
  expect(await thrownBy(publicHalf.init('encrypt', { alias: 'pair', half: 'private' }))).toContain('InvalidKey')
  expect(misused(bench)).toEqual(['Cipher.init'])
})

test('getKey: null where there is no key, UnrecoverableKeyException without a cause where its lock is gone', async () => {
  const bench = await on('android-30')
  const { app } = bench
  expect(await app.keyStore.getKey('k')).toBeNull()
  await app.keyStore.generateKey(boundKey('k'))
  expect(await app.keyStore.getKey('k')).toEqual({ alias: 'k' })
  await must(bench, { control: 'remove-screen-lock' })
  expect(await thrownBy(app.keyStore.getKey('k'))).toBe('java.security.UnrecoverableKeyException')
  expect(await app.keyStore.containsAlias('k')).toBe(true)
})

const kpie = 'android.security.keystore.KeyPermanentlyInvalidatedException'
const una = 'android.security.keystore.UserNotAuthenticatedException'
const initOf = (app: AndroidApp, alias: string) => thrownBy(app.keyStore.cipher(gcm).init('encrypt', { alias }))

test('init: an absent key, and one whose ids nobody can satisfy, are told alike', async () => {
  const bench = await on()
  expect(await initOf(bench.app, 'absent')).toBe(kpie)
  await bench.app.keyStore.generateKey(boundKey('k'))
  expect(await initOf(bench.app, 'k')).toBe('answered')
  await must(bench, { control: 'enrol', what: 'finger' })
  expect(await initOf(bench.app, 'k')).toBe(kpie)
})

test('init: a key with a duration asks to authenticate; once orphaned it asks for ever', async () => {
  const bench = await on()
  const { app, prompts } = bench
  const { device } = bench
  await app.keyStore.generateKey(boundKey('k', { userAuthentication: { seconds: 30, by: 'biometric' } }))
  const match = async () => {
    await ask(app)
    prompts.answer()
    await quiet()
  }
  expect(await initOf(app, 'k')).toBe(una)
  await match()
  expect(await initOf(app, 'k')).toBe('answered')
  await device.apply({ control: 'advance-clock', by: 30_000 })
  expect(await initOf(app, 'k')).toBe('answered')
  await device.apply({ control: 'advance-clock', by: 1 })
  expect(await initOf(app, 'k')).toBe(una)
  await must(bench, { control: 'enrol', what: 'finger' })
  await match()
  expect(await initOf(app, 'k')).toBe(una)
})

test('init: a restart forgets who authenticated before it', async () => {
  const bench = await on()
  await bench.app.keyStore.generateKey(boundKey('k', { userAuthentication: { seconds: 30, by: 'biometric' } }))
  await ask(bench.app)
  bench.prompts.answer()
  expect(await initOf(bench.app, 'k')).toBe('answered')
  await must(bench, { control: 'reboot', unlocked: true })
  expect(await initOf(bench.start(), 'k')).toBe(una)
})

test('init: only what a key is for opens it: no PIN for one of fingers, no weak face for any', async () => {
  const bench = await on()
  const { app } = bench
  const seconds = 30
  const kept = { invalidatedByBiometricEnrollment: false }
  await app.keyStore.generateKey(boundKey('finger', { userAuthentication: { seconds, by: 'biometric' }, ...kept }))
  await app.keyStore.generateKey(boundKey('pin', { userAuthentication: { seconds, by: 'credential' } }))
  await app.keyStore.generateKey(boundKey('both', { userAuthentication: { seconds, by: 'both' } }))
  const opened = async (...controls: readonly Control[]) => {
    for (const control of controls) await must(bench, control)
    return Promise.all(['finger', 'pin', 'both'].map((alias) => initOf(app, alias)))
  }
  const byPin = await opened({ control: 'lock-screen' }, { control: 'unlock-screen' })
  expect(byPin).toEqual([una, 'answered', 'answered'])
  await must(bench, { control: 'advance-clock', by: 31_000 })
  await ask(app)
  expect(await opened({ control: 'touch', finger: 'right' })).toEqual(['answered', una, 'answered'])
  await must(bench, { control: 'advance-clock', by: 31_000 })
  await must(bench, { control: 'unenrol', which: 'all' })
  await must(bench, { control: 'enrol', what: 'weak-face' })
  await ask(app, undefined, { ...strongPrompt, allowedAuthenticators: authenticators.weak })
  expect(await opened({ control: 'touch', finger: 'right' })).toEqual([una, una, una])
})

test('init: a key for an unlocked phone is shut while the screen is locked', async () => {
  const bench = await on()
  await bench.app.keyStore.generateKey({ ...free, unlockedDeviceRequired: true })
  await must(bench, { control: 'lock-screen' })
  expect(await initOf(bench.app, 'free')).toBe(una)
  await must(bench, { control: 'unlock-screen' })
  expect(await initOf(bench.app, 'free')).toBe('answered')
})

test('init: what fails in the keystore is InvalidKeyException with its cause, numbered from API 33 on', async () => {
  const older = await on('android-q3-update-breaks-keys')
  await older.app.keyStore.generateKey(free)
  await must(older, { control: 'update-system' })
  expect(await initOf(older.start(), 'free')).toBe(
    'java.security.InvalidKeyException caused by android.security.KeyStoreException',
  )
  const newer = await on()
  await newer.app.keyStore.generateKey({ ...free, transformation: 'AES/CBC/PKCS7Padding' })
  expect(await initOf(newer.app, 'free')).toBe(
    'java.security.InvalidKeyException caused by android.security.KeyStoreException 13',
  )
  expect(misused(newer)).toEqual(['Cipher.init'])
})

test('doFinal: nobody authenticated, a bad tag, bad padding', async () => {
  const { app } = await on()
  expect(await thrownBy((await begun(app, boundKey('k'))).doFinal(secret))).toBe(
    'javax.crypto.IllegalBlockSizeException caused by android.security.KeyStoreException 2',
  )
  const { iv, sealed } = await encrypted(app, free)
  sealed[0] = (sealed[0] ?? 0) ^ 1
  expect(await thrownBy((await opening(app, free, iv)).doFinal(sealed))).toMatch(/^javax.crypto.AEADBadTagException /)
  expect(await thrownBy((await opening(app, free, iv)).doFinal(new Uint8Array(3)))).toMatch(/AEADBadTag/)
  const cbc = { ...free, transformation: 'AES/CBC/PKCS7Padding' } as const
  const other = await encrypted(app, cbc)
  const wrong = await opening(app, cbc, new Uint8Array(16).fill(0xff))
  expect(await thrownBy(wrong.doFinal(other.sealed.map((byte) => byte ^ 0x55)))).toMatch(/BadPadding/)
  expect(await thrownBy((await opening(app, cbc, other.iv)).doFinal(new Uint8Array(15)))).toMatch(/IllegalBlockSize/)
})

test('doFinal: additional data is bound, in however many parts it came', async () => {
  const { app } = await on()
  const cipher = await begun(app, free)
  cipher.updateAAD(new TextEncoder().encode('na'))
  cipher.updateAAD(new TextEncoder().encode('me'))
  const sealed = await cipher.doFinal(secret)
  const right = await opening(app, free, cipher.iv)
  right.updateAAD(new TextEncoder().encode('name'))
  expect(await toldOf(right.doFinal(sealed))).toBe('answered')
  expect(await thrownBy((await opening(app, free, cipher.iv)).doFinal(sealed))).toMatch(/AEADBadTag/)
})

test('doFinal: an operation that made way for others is gone, and says that this passes', async () => {
  const bench = await on()
  const oldest = await begun(bench.app, free)
  const ciphers: Cipher[] = []
  for (let more = 0; more < operationSlots; more++) ciphers.push(await begun(bench.app, free))
  expect(await thrownBy(oldest.doFinal(secret))).toBe(
    'javax.crypto.IllegalBlockSizeException caused by android.security.KeyStoreException 15 transient',
  )
  expect(await toldOf(ciphers[0]?.doFinal(secret) ?? Promise.reject())).toBe('answered')
})

test('a match is for one operation: another cipher, or the next use, is not let through', async () => {
  const { app, prompts } = await on()
  const first = await begun(app, boundKey('k'))
  const second = app.keyStore.cipher(gcm)
  await second.init('encrypt', { alias: 'k' })
  await ask(app, first)
  prompts.answer()
  await quiet()
  expect(await thrownBy(second.doFinal(secret))).toMatch(/IllegalBlockSize/)
  const sealed = await first.doFinal(secret)
  const again = await opening(app, boundKey('k'), first.iv)
  expect(await thrownBy(again.doFinal(sealed))).toMatch(/IllegalBlockSize/)
})

test('a prompt without a CryptoObject lets no key be used that asks for each use', async () => {
  const { app, prompts } = await on()
  const cipher = await begun(app, boundKey('k'))
  await ask(app)
  prompts.answer()
  await quiet()
  expect(await thrownBy(cipher.doFinal(secret))).toMatch(/IllegalBlockSize/)
})

test('an operation begun before an enrolment is not let through after it, though somebody matches', async () => {
  const bench = await on()
  const cipher = await begun(bench.app, boundKey('k'))
  await must(bench, { control: 'enrol', what: 'finger' })
  await ask(bench.app, cipher)
  expect(bench.prompts.answer()).toBe(true)
  await quiet()
  expect(await thrownBy(cipher.doFinal(secret))).toMatch(/IllegalBlockSize/)
})

test('rules that are broken are thrown and remembered; damaged data is no misuse', async () => {
  const bench = await on()
  const { app } = bench
  const fresh = app.keyStore.cipher(gcm)
  expect(await thrownBy(fresh.doFinal(secret))).toBe('java.lang.IllegalStateException')
  expect(() => fresh.updateAAD(secret)).toThrow(JavaThrowable)
  const used = await begun(app, free)
  await used.doFinal(secret)
  expect(await thrownBy(used.doFinal(secret))).toBe('java.lang.IllegalStateException')
  const own = app.keyStore.cipher(gcm)
  expect(await thrownBy(own.init('encrypt', { alias: 'free' }, new Uint8Array(12)))).toMatch(/InvalidAlgorithm/)
  expect(await thrownBy(own.init('decrypt', { alias: 'free' }))).toMatch(/InvalidAlgorithm/)
  expect(misused(bench)).toEqual(['Cipher.doFinal', 'Cipher.updateAAD', 'Cipher.doFinal', 'Cipher.init', 'Cipher.init'])
  expect(await thrownBy(own.init('decrypt', { alias: 'free' }, new Uint8Array(5)))).toMatch(/InvalidAlgorithm/)
  expect(misused(bench)).toEqual([])
})

test('a key that cannot be made: without a finger, without a screen lock', async () => {
  const bench = await on()
  await must(bench, { control: 'unenrol', which: 'all' })
  expect(await thrownBy(bench.app.keyStore.generateKey(boundKey('k')))).toBe('java.lang.IllegalStateException')
  await must(bench, { control: 'remove-screen-lock' })
  const both = boundKey('k', { userAuthentication: { seconds: 0, by: 'both' } })
  expect(await thrownBy(bench.app.keyStore.generateKey(both))).toBe('java.lang.IllegalStateException')
  const old = await on('android-28')
  expect(await thrownBy(old.app.keyStore.generateKey(both))).toBe('java.lang.NoSuchMethodError')
  expect(await thrownBy(old.app.keyStore.generateKey({ ...free, strongBoxBacked: true }))).toBe(
    'android.security.keystore.StrongBoxUnavailableException',
  )
})

test('a key of the same alias takes the place of the one before', async () => {
  const { app } = await on()
  const { iv, sealed } = await encrypted(app, free)
  await app.keyStore.generateKey(free)
  expect(await app.keyStore.aliases()).toEqual(['free'])
  expect(await thrownBy((await opening(app, free, iv)).doFinal(sealed))).toMatch(/AEADBadTag/)
  await app.keyStore.deleteEntry('free')
  await app.keyStore.deleteEntry('free')
  expect(await app.keyStore.aliases()).toEqual([])
})
