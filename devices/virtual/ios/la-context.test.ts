import { expect, test } from 'vitest'
import { heard, samplePhone } from './sample-phone.ts'

const biometrics = 'deviceOwnerAuthenticationWithBiometrics'
const owner = 'deviceOwnerAuthentication'
const wrong = { control: 'touch', finger: 'wrong' } as const
const right = { control: 'touch', finger: 'right' } as const

test('the domain state is there once a policy could be evaluated, and null where nothing is enrolled', async () => {
  const { app, act } = await samplePhone()
  const context = app().laContext()
  expect([context.evaluatedPolicyDomainState, context.biometryType]).toEqual([null, 'none'])
  expect(await context.canEvaluatePolicy(biometrics)).toBeNull()
  expect(context.evaluatedPolicyDomainState).toHaveLength(32)
  expect(context.biometryType).toBe('touchID')
  await act({ control: 'unenrol', which: 'all' })
  const later = app().laContext()
  expect(await heard(later.canEvaluatePolicy(biometrics))).toBe(-7)
  expect(await later.canEvaluatePolicy(owner)).toBeNull()
  expect(later.evaluatedPolicyDomainState).toBeNull()
})

test('a finger added and removed again is another domain state', async () => {
  const { app, act } = await samplePhone()
  const seen = new Set<string>()
  const look = async () => {
    const context = app().laContext()
    await context.canEvaluatePolicy(biometrics)
    seen.add(String(context.evaluatedPolicyDomainState))
  }
  await look()
  await look()
  expect(seen.size).toBe(1)
  await act({ control: 'enrol', what: 'finger' })
  await look()
  await act({ control: 'unenrol', which: 'one' })
  await look()
  await act({ control: 'update-system' })
  await look()
  expect(seen.size).toBe(4)
})

test('a miss ends nothing; three end a prompt for biometrics alone; five in a row lock it out until the passcode', async () => {
  const { app, act, prompts, phases } = await samplePhone()
  const evaluate = (policy: typeof biometrics | typeof owner) => app().laContext().evaluatePolicy(policy, 'test')
  const first = evaluate(biometrics)
  for (let i = 0; i < 3; i += 1) await act(wrong)
  expect(await heard(first)).toBe(-1)
  const second = evaluate(biometrics)
  await act(wrong)
  expect(await heard(second)).toBe('waiting')
  await act(wrong)
  expect(await heard(second)).toBe(-8)
  expect(phases).toEqual([
    ...['0 shown', '0 missed', '0 missed', '0 missed', '0 exhausted'],
    ...['1 shown', '1 missed', '1 missed', '1 locked-out-for-good'],
  ])
  expect(await heard(evaluate(biometrics))).toBe(-8)
  const byPasscode = evaluate(owner)
  expect(await act(right)).toBe('skipped')
  prompts.answer()
  expect(await heard(byPasscode)).toBeNull()
  expect(await app().laContext().canEvaluatePolicy(biometrics)).toBeNull()
})

test('a context that was evaluated is recognised at once when evaluated again', async () => {
  const { app, act, phases } = await samplePhone()
  const context = app().laContext()
  const first = context.evaluatePolicy(biometrics, 'test')
  await act(right)
  expect(await first).toBeNull()
  expect(await heard(context.evaluatePolicy(biometrics, 'test'))).toBeNull()
  expect(phases).toEqual(['0 shown', '0 matched'])
})

test('a match forgets the misses before it', async () => {
  const { app, act } = await samplePhone()
  for (let round = 0; round < 4; round += 1) {
    const asked = app().laContext().evaluatePolicy(biometrics, 'test')
    for (const touch of [wrong, wrong, right]) await act(touch)
    expect(await heard(asked)).toBeNull()
  }
})

test('the other button shows after a miss, and not at all without a title', async () => {
  const { app, act } = await samplePhone()
  const button = { control: 'cancel-prompt', by: 'button' } as const
  const context = app().laContext()
  context.localizedFallbackTitle = ''
  const hidden = context.evaluatePolicy(biometrics, 'test')
  await act(wrong)
  expect(await act(button)).toBe('skipped')
  await act({ control: 'cancel-prompt', by: 'dismissal' })
  expect(await heard(hidden)).toBe(-2)
})

test('the other button of a prompt for the owner leads to the passcode', async () => {
  const { app, act, prompts } = await samplePhone()
  const asked = app().laContext().evaluatePolicy(owner, 'test')
  await act(wrong)
  expect(await act({ control: 'cancel-prompt', by: 'button' })).toBe('done')
  expect(await act(right)).toBe('skipped')
  expect(prompts.up()).toBe(true)
  prompts.answer()
  expect(await heard(asked)).toBeNull()
})

test('invalidating takes the prompt down, the one that waits too, and is for ever', async () => {
  const { app, phases } = await samplePhone()
  const [context, other] = [app().laContext(), app().laContext()]
  const asked = context.evaluatePolicy(biometrics, 'test')
  const waiting = other.evaluatePolicy(biometrics, 'test')
  const again = context.evaluatePolicy(biometrics, 'test')
  context.invalidate()
  expect([await heard(asked), await heard(again), await heard(waiting)]).toEqual([-9, -9, 'waiting'])
  expect(phases).toEqual(['0 shown', '0 app-cancelled', '1 shown'])
  expect(await heard(context.evaluatePolicy(biometrics, 'test'))).toBe(-10)
  expect(await heard(context.canEvaluatePolicy(biometrics))).toBe(-10)
})

test('a context that may not interact is told so', async () => {
  const { app, phases } = await samplePhone()
  const context = app().laContext()
  context.interactionNotAllowed = true
  expect(await heard(context.evaluatePolicy(biometrics, 'test'))).toBe(-1004)
  expect(phases).toEqual([])
})

test('an empty reason is what the platform throws for', async () => {
  const { app, device } = await samplePhone()
  await expect(app().laContext().evaluatePolicy(biometrics, '')).rejects.toThrow('NSInvalidArgumentException')
  expect(device.takeMisuse?.()).toEqual([
    { call: '-[LAContext evaluatePolicy:localizedReason:reply:]', rule: 'the reason must not be empty' },
  ])
  expect(device.takeMisuse?.()).toEqual([])
})

test('replies come in the order of their prompts, whatever the schedule says', async () => {
  const { app, act, effects } = await samplePhone()
  const order: string[] = []
  for (const name of ['first', 'second'])
    void app()
      .laContext()
      .evaluatePolicy(biometrics, 'test')
      .then(() => order.push(name))
  effects.hold(true)
  await act(right)
  await act(right)
  expect(effects.pending()).toBe(2)
  effects.complete(1)
  effects.complete(0)
  await heard(Promise.resolve())
  expect(order).toEqual(['first', 'second'])
})
