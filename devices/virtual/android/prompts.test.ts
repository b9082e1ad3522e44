import { describe, expect, test } from 'vitest'
import type { Control } from '../../../harness/contract/controls.ts'
import {
  type AndroidApp,
  authenticators,
  JavaThrowable,
  type PromptInfo,
} from '../../../harness/contract/platforms/android.ts'
import { ask, type Bench, begun, benchOf, boundKey, must, quiet, strongPrompt } from './bench.ts'
import { virtualAndroid } from './device.ts'
import { type AndroidProfile, profiles } from './profiles.ts'

const { strong, weak, deviceCredential } = authenticators
const withPin: PromptInfo = { title: 'Open', allowedAuthenticators: strong | deviceCredential }
const onlyPin: PromptInfo = { title: 'Open', allowedAuthenticators: deviceCredential }
const weakPrompt: PromptInfo = { ...strongPrompt, allowedAuthenticators: weak }

const on = async (profile: AndroidProfile = 'android-34'): Promise<Bench & { readonly app: AndroidApp }> => {
  const bench = benchOf(virtualAndroid())
  await must(bench, { control: 'use-phone', profile })
  return { ...bench, app: bench.start() }
}
const wrong: Control = { control: 'touch', finger: 'wrong' }
const right: Control = { control: 'touch', finger: 'right' }
const does = async (bench: Bench, ...controls: readonly Control[]) => {
  for (const control of controls) await must(bench, control)
  await quiet()
}
/** What was skipped of these, of which none means anything now. */
const skipped = async ({ device }: Bench, ...controls: readonly Control[]) =>
  (await Promise.all(controls.map((control) => device.apply(control)))).filter((result) => result === 'skipped').length

describe('what no phone takes is thrown at once, and remembered', () => {
  const old = profiles['android-28'].rules.api
  test.each<[string, number, PromptInfo, boolean]>([
    ['no title', 34, { ...strongPrompt, title: '' }, false],
    ['no other button', 34, { title: 'Open', allowedAuthenticators: strong }, false],
    ['a button beside the PIN', 34, { ...withPin, negativeButtonText: 'No' }, false],
    ['nobody', 34, { ...strongPrompt, allowedAuthenticators: 0 }, false],
    ['a weak face for a key', 34, weakPrompt, true],
    ['a weak face or the PIN for a key', 34, { title: 'Open', allowedAuthenticators: weak | deviceCredential }, true],
    ['a strong finger or the PIN before API 30', old, withPin, false],
    ['the PIN alone before API 30', old, onlyPin, false],
  ])('%s', async (_name, api, info, crypto) => {
    const bench = await on(api === old ? 'android-28' : 'android-34')
    const cipher = crypto ? await begun(bench.app, boundKey('k')) : undefined
    await expect(ask(bench.app, cipher, info)).rejects.toMatchObject({
      className: 'java.lang.IllegalArgumentException',
    })
    expect(bench.device.takeMisuse?.().map(({ call }) => call)).toEqual(['BiometricPrompt.authenticate'])
    expect([bench.prompts.up(), bench.phases]).toEqual([false, []])
  })
  test('the PIN for a key on API 26, where the combination itself is known', async () => {
    const bench = await on('android-q2-late-invalidation')
    await expect(ask(bench.app, await begun(bench.app, boundKey('k')), withPin)).rejects.toThrow(JavaThrowable)
    expect((await ask(bench.app, undefined, withPin)).heard).toEqual([])
  })
  test('a cipher that was not initialized', async () => {
    const bench = await on()
    const prompt = ask(bench.app, bench.app.keyStore.cipher('AES/GCM/NoPadding'))
    await expect(prompt).rejects.toMatchObject({ className: 'java.lang.IllegalStateException' })
    expect(bench.device.takeMisuse?.()).toHaveLength(1)
  })
})

describe('the callback hears misses, and then how it ended, once', () => {
  test.each<[string, readonly Control[], readonly string[], readonly string[]]>([
    ['a match', [right], ['matched'], ['shown', 'matched']],
    [
      'misses and a match',
      [wrong, wrong, right],
      ['missed', 'missed', 'matched'],
      ['shown', 'missed', 'missed', 'matched'],
    ],
    ['a dismissal', [{ control: 'cancel-prompt', by: 'dismissal' }], ['error 10'], ['shown', 'dismissed']],
    [
      'a miss and the other button',
      [wrong, { control: 'cancel-prompt', by: 'button' }],
      ['missed', 'error 13'],
      ['shown', 'missed', 'button'],
    ],
    ['a timeout', [{ control: 'time-out-prompt' }], ['error 3'], ['shown', 'timed-out']],
    ['half a minute', [{ control: 'advance-clock', by: 30_000 }], ['error 3'], ['shown', 'timed-out']],
    ['leaving the app', [{ control: 'leave-app' }], ['error 5'], ['shown', 'system-cancelled']],
    ['a locked screen', [{ control: 'lock-screen' }], ['error 5'], ['shown', 'system-cancelled']],
    ['an enrolment', [{ control: 'enrol', what: 'finger' }], ['error 5'], ['shown', 'system-cancelled']],
    ['a forged match', [{ control: 'forge-match' }], ['matched'], ['shown', 'forged']],
    [
      'five misses',
      [wrong, wrong, wrong, wrong, wrong],
      [...Array(5).fill('missed'), 'error 7'],
      ['shown', ...Array(5).fill('missed'), 'locked-out'],
    ],
  ])('%s', async (_name, controls, heard, phases) => {
    const bench = await on()
    const prompt = await ask(bench.app)
    await does(bench, ...controls)
    expect([prompt.heard, bench.phases, bench.prompts.up()]).toEqual([heard, phases, false])
    expect(
      await skipped(
        bench,
        right,
        wrong,
        { control: 'cancel-prompt', by: 'dismissal' },
        { control: 'time-out-prompt' },
        { control: 'leave-app' },
        { control: 'forge-match' },
      ),
    ).toBe(6)
  })
  test('a little less than half a minute, and the app that takes it down', async () => {
    const bench = await on()
    const { heard, prompt } = await ask(bench.app)
    await does(bench, { control: 'advance-clock', by: 29_999 })
    expect(bench.prompts.up()).toBe(true)
    prompt.cancelAuthentication()
    prompt.cancelAuthentication()
    await quiet()
    expect([heard, bench.phases]).toEqual([['error 5'], ['shown', 'app-cancelled']])
    expect(bench.effects.fireTimer()).toBe(false)
  })
  test('nothing is heard inside the call that asks', async () => {
    const { app, device } = await on()
    await device.apply({ control: 'unenrol', which: 'all' })
    const heard: number[] = []
    app
      .activity()
      .biometricPrompt({ onAuthenticationSucceeded() {}, onAuthenticationError: (code) => heard.push(code) })
      .authenticate(strongPrompt)
    expect(heard).toEqual([])
    await quiet()
    expect(heard).toEqual([11])
  })
})

describe('a prompt that cannot be shown is told at once', () => {
  const none: Control = { control: 'unenrol', which: 'all' }
  test.each<[string, readonly Control[], PromptInfo, readonly string[]]>([
    ['no finger', [none], strongPrompt, ['error 11']],
    [
      'a weak face where a strong one is asked for',
      [none, { control: 'enrol', what: 'weak-face' }],
      strongPrompt,
      ['error 11'],
    ],
    ['no screen lock', [{ control: 'remove-screen-lock' }], strongPrompt, ['error 11']],
    ['no PIN where it is asked for', [{ control: 'remove-screen-lock' }], onlyPin, ['error 14']],
    ['neither', [{ control: 'remove-screen-lock' }], withPin, ['error 14']],
    ['a locked screen', [{ control: 'lock-screen' }], strongPrompt, ['error 5']],
    ['locked out', [{ control: 'lock-out', how: 'temporary' }], strongPrompt, ['error 7']],
    ['locked out for good', [{ control: 'lock-out', how: 'permanent' }], strongPrompt, ['error 9']],
  ])('%s', async (_name, controls, info, heard) => {
    const bench = await on()
    await does(bench, ...controls)
    expect((await ask(bench.app, undefined, info)).heard).toEqual(heard)
    expect([bench.phases, bench.prompts.up(), bench.prompts.answer()]).toEqual([[], false, false])
  })
  test('a weak face answers where it will do, and lets no key be used', async () => {
    const bench = await on()
    await does(bench, none, { control: 'enrol', what: 'weak-face' })
    const { heard } = await ask(bench.app, undefined, weakPrompt)
    expect(bench.prompts.answer()).toBe(true)
    await quiet()
    expect(heard).toEqual(['matched'])
  })
})

describe('the PIN', () => {
  test('alone: no finger means anything, the person enters it', async () => {
    const bench = await on()
    const { heard } = await ask(bench.app, undefined, onlyPin)
    expect(await skipped(bench, right, wrong, { control: 'cancel-prompt', by: 'button' })).toBe(3)
    expect(bench.prompts.answer()).toBe(true)
    await quiet()
    expect(heard).toEqual(['matched'])
  })
  test('beside a finger: takes over where the sensor is locked out, and ends the lockout', async () => {
    const bench = await on()
    const { heard } = await ask(bench.app, undefined, withPin)
    await does(bench, wrong, wrong, wrong, wrong, wrong)
    expect([heard.at(-1), bench.prompts.up(), await skipped(bench, right)]).toEqual(['missed', true, 1])
    expect(bench.prompts.answer()).toBe(true)
    await quiet()
    expect(heard.at(-1)).toBe('matched')
    expect((await ask(bench.app)).heard).toEqual([])
    expect(bench.prompts.up()).toBe(true)
  })
})

describe('the lockout', () => {
  const fiveMisses = [wrong, wrong, wrong, wrong, wrong]
  test('counts misses across prompts, lasts 30 s, and is ended by a match', async () => {
    const bench = await on()
    for (let prompt = 0; prompt < 2; prompt++) {
      await ask(bench.app)
      await does(bench, wrong, wrong, { control: 'cancel-prompt', by: 'dismissal' })
    }
    const fifth = await ask(bench.app)
    await does(bench, wrong)
    expect(fifth.heard).toEqual(['missed', 'error 7'])
    await does(bench, { control: 'advance-clock', by: 29_999 })
    expect((await ask(bench.app)).heard).toEqual(['error 7'])
    await does(bench, { control: 'advance-clock', by: 1 })
    const after = await ask(bench.app)
    await does(bench, wrong, right)
    expect(after.heard).toEqual(['missed', 'matched'])
    await ask(bench.app)
    await does(bench, wrong, wrong, wrong, wrong)
    expect(bench.prompts.up()).toBe(true)
  })
  test('tells 7 at 5, 10 and 15 misses, 9 at 20 and from then on, until the PIN is entered', async () => {
    const bench = await on()
    const errors: string[] = []
    for (let round = 0; round < 4; round++) {
      const { heard } = await ask(bench.app)
      await does(bench, ...fiveMisses, { control: 'advance-clock', by: 30_000 })
      errors.push(heard.at(-1) ?? '')
    }
    await does(bench, { control: 'advance-clock', by: 3_600_000 })
    errors.push((await ask(bench.app)).heard.join())
    await does(bench, { control: 'lock-screen' }, { control: 'unlock-screen' })
    errors.push((await ask(bench.app)).heard.join())
    expect(errors).toEqual(['error 7', 'error 7', 'error 7', 'error 9', 'error 9', ''])
  })
  test('from elsewhere is the same, and takes a prompt down', async () => {
    const bench = await on()
    const { heard } = await ask(bench.app)
    await does(bench, { control: 'lock-out', how: 'temporary' })
    expect(heard).toEqual(['error 5'])
    expect(await skipped(bench, { control: 'lock-out', how: 'temporary' })).toBe(1)
    await does(bench, { control: 'advance-clock', by: 30_000 })
    const next = await ask(bench.app)
    await does(bench, ...fiveMisses)
    expect(next.heard.at(-1)).toBe('error 7')
    await does(bench, { control: 'lock-out', how: 'permanent' })
    expect(
      await skipped(bench, { control: 'lock-out', how: 'permanent' }, { control: 'lock-out', how: 'temporary' }),
    ).toBe(2)
  })
})
