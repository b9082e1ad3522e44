import { describe, expect, test } from 'vitest'
import type { Control } from '../../../harness/contract/controls.ts'
import { ask, type Bench, begun, benchOf, boundKey, must, quiet, strongPrompt } from './bench.ts'
import { virtualAndroid } from './device.ts'

const on = async () => {
  const bench = benchOf(virtualAndroid())
  return { ...bench, app: bench.start() }
}
const wrong: Control = { control: 'touch', finger: 'wrong' }
const right: Control = { control: 'touch', finger: 'right' }
const does = async (bench: Bench, ...controls: readonly Control[]) => {
  for (const control of controls) await must(bench, control)
  await quiet()
}

describe('one prompt at a time, and one callback', () => {
  test('a second prompt goes nowhere; its callback hears what the first one came to', async () => {
    const bench = await on()
    const first = await ask(bench.app)
    const second = await ask(bench.app)
    await does(bench, wrong, right)
    expect([first.heard, second.heard, bench.phases]).toEqual([
      [],
      ['missed', 'matched'],
      ['shown', 'missed', 'matched'],
    ])
  })
  test('after it ended another is shown, also when asked for from the callback', async () => {
    const bench = await on()
    const { app, prompts } = bench
    let again = 0
    const prompt = app.activity().biometricPrompt({
      onAuthenticationSucceeded: () => again++ === 0 && prompt.authenticate(strongPrompt),
      onAuthenticationError() {},
    })
    prompt.authenticate(strongPrompt)
    await quiet()
    prompts.answer()
    await quiet()
    expect([again, prompts.up()]).toEqual([1, true])
  })
  test('the result carries the CryptoObject of the prompt that was shown', async () => {
    const { app, prompts } = await on()
    const shown = await begun(app, boundKey('k'))
    const other = app.keyStore.cipher('AES/GCM/NoPadding')
    await other.init('encrypt', { alias: 'k' })
    const got: unknown[] = []
    for (const cipher of [shown, other])
      app
        .activity()
        .biometricPrompt({
          onAuthenticationSucceeded: ({ cryptoObject }) => got.push(cryptoObject?.cipher === shown),
          onAuthenticationError() {},
        })
        .authenticate(strongPrompt, { cipher })
    await quiet()
    prompts.answer()
    await quiet()
    expect(got).toEqual([true])
  })
})

describe('the phone is turned', () => {
  test('with a new BiometricPrompt in the new activity the prompt goes on, and that callback hears', async () => {
    const bench = await on()
    const { app } = bench
    const reattached: string[] = []
    app.onActivityCreated((activity) => {
      activity.biometricPrompt({
        onAuthenticationSucceeded: () => reattached.push(`matched in ${activity.id}`),
        onAuthenticationError() {},
      })
    })
    const { heard } = await ask(app)
    await does(bench, { control: 'rotate' }, right)
    expect([heard, reattached, bench.phases]).toEqual([[], ['matched in 1'], ['shown', 'matched']])
    expect(app.activity().id).toBe(1)
  })
  test('without one the prompt is gone, and nobody is ever told', async () => {
    const bench = await on()
    const { heard } = await ask(bench.app)
    await does(bench, { control: 'rotate' })
    expect([heard, bench.phases, bench.prompts.up()]).toEqual([[], ['shown', 'lost'], false])
  })
  test('who prompts on the activity that is gone prompts nowhere, and breaks a rule', async () => {
    const bench = await on()
    const old = bench.app.activity().biometricPrompt({ onAuthenticationSucceeded() {}, onAuthenticationError() {} })
    await does(bench, { control: 'rotate' })
    old.authenticate(strongPrompt)
    await quiet()
    expect(bench.prompts.up()).toBe(false)
    expect(bench.device.takeMisuse?.()).toEqual([
      { call: 'BiometricPrompt.authenticate', rule: 'the activity is gone' },
    ])
  })
  test('without an app there is nothing to turn', async () => {
    expect(await virtualAndroid().apply({ control: 'rotate' })).toBe('skipped')
  })
})
