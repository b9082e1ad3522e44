import { expect, test } from 'vitest'
import { settling } from '../../simulation/settling.ts'
import { ask, type Bench, begun, benchOf, boundKey, initTold, must, quiet, told } from './bench.ts'
import { virtualAndroid } from './device.ts'
import type { AndroidProfile } from './profiles.ts'

const on = async (profile: AndroidProfile): Promise<Bench> => {
  const bench = benchOf(virtualAndroid())
  await must(bench, { control: 'use-phone', profile })
  return bench
}
const secret = Uint8Array.of(1)
/** Uses a key as an app does, with a person who answers: how it ends. */
const used = async ({ start, prompts }: Bench, alias: string): Promise<string> => {
  const app = start()
  const cipher = app.keyStore.cipher('AES/GCM/NoPadding')
  const init = await settling(cipher.init('encrypt', { alias }))
  if (init.is !== 'answered') return `init: ${told(init)}`
  const { heard } = await ask(app, cipher)
  prompts.answer()
  await quiet()
  return `${heard.join(' ')}, doFinal: ${told(await settling(cipher.doFinal(secret)))}`
}
const made = async ({ start }: Bench, alias: string) => begun(start(), boundKey(alias))
const works = 'matched, doFinal: answered'
const late = 'matched, doFinal: IllegalBlockSizeException'

test('Q1: after one finger of two was removed no key works, new ones neither, until a restart', async () => {
  const bench = await on('android-q1-removed-finger')
  await must(bench, { control: 'enrol', what: 'finger' })
  await made(bench, 'old')
  expect(await used(bench, 'old')).toBe(works)
  await must(bench, { control: 'unenrol', which: 'one' })
  await made(bench, 'new')
  expect([await used(bench, 'old'), await used(bench, 'new')]).toEqual([late, late])
  await must(bench, { control: 'reboot', unlocked: true })
  expect([await used(bench, 'old'), await used(bench, 'new')]).toEqual([works, works])
})

test('Q1: or until all fingers are removed', async () => {
  const bench = await on('android-q1-removed-finger')
  await must(bench, { control: 'enrol', what: 'finger' })
  await must(bench, { control: 'unenrol', which: 'one' })
  await must(bench, { control: 'unenrol', which: 'all' })
  await must(bench, { control: 'enrol', what: 'finger' })
  await made(bench, 'new')
  expect(await used(bench, 'new')).toBe(works)
})

test('Q2: an invalidated key lets the person be asked and fails at doFinal; a new one works', async () => {
  const bench = await on('android-q2-late-invalidation')
  await made(bench, 'old')
  await must(bench, { control: 'enrol', what: 'finger' })
  await made(bench, 'new')
  expect([await used(bench, 'old'), await used(bench, 'new')]).toEqual([late, works])
})

test('Q3: keys made before an update fail in the keystore until the next one; what was made between works', async () => {
  const bench = await on('android-q3-update-breaks-keys')
  await made(bench, 'old')
  await must(bench, { control: 'update-system' })
  expect(await used(bench, 'old')).toBe('init: InvalidKeyException')
  expect(await initTold(bench.start(), 'old')).toBe('InvalidKeyException')
  await must(bench, { control: 'reboot', unlocked: true })
  expect(await used(bench, 'old')).toBe('init: InvalidKeyException')
  await made(bench, 'new')
  expect(await used(bench, 'new')).toBe(works)
  await must(bench, { control: 'update-system' })
  expect([await used(bench, 'old'), await used(bench, 'new')]).toEqual([works, works])
  await must(bench, { control: 'update-system' })
  expect([await used(bench, 'old'), await used(bench, 'new')]).toEqual([works, works])
})

test('Q4: keys for an unlocked phone go with the screen lock, others that ask nobody stay', async () => {
  const bench = await on('android-q4-unlocked-device-keys')
  const app = bench.start()
  const free = boundKey('free', { userAuthenticationRequired: false })
  await app.keyStore.generateKey(free)
  await app.keyStore.generateKey({ ...free, alias: 'unlocked', unlockedDeviceRequired: true })
  await must(bench, { control: 'remove-screen-lock' })
  expect(await app.keyStore.aliases()).toEqual(['free'])
})

test('Q5: every change of the screen lock deletes every key', async () => {
  const bench = await on('android-q5-screen-lock-wipes')
  const { keyStore } = bench.start()
  const seen: number[] = []
  for (const control of [
    { control: 'change-screen-lock', old: 'proven' },
    { control: 'change-screen-lock', old: 'unproven' },
    { control: 'remove-screen-lock' },
    { control: 'set-screen-lock' },
  ] as const) {
    await keyStore.generateKey(boundKey('free', { userAuthenticationRequired: false }))
    await must(bench, control)
    seen.push((await keyStore.aliases()).length)
  }
  expect(seen).toEqual([0, 0, 0, 0])
})

test('Q6: a key that an enrolment should end goes on working after it', async () => {
  const bench = await on('android-q6-enrolment-unnoticed')
  await made(bench, 'old')
  await must(bench, { control: 'enrol', what: 'finger' })
  expect(await used(bench, 'old')).toBe(works)
})
