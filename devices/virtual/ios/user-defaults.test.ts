import { expect, test } from 'vitest'
import { heard, samplePhone } from './sample-phone.ts'

test('what was set is seen at once and reaches the disk later, in order', async () => {
  const { app, effects, restart } = await samplePhone()
  effects.hold(true)
  app().userDefaults.set('a', 'old')
  app().userDefaults.set('a', 'new')
  app().userDefaults.set('b', 'lost')
  const seen = app().userDefaults.string('a')
  effects.complete(3)
  expect(await heard(seen)).toBe('new')
  // The second write completes first: it brings the first with it, and never the other way round.
  effects.complete(1)
  effects.complete(0)
  restart()
  effects.hold(false)
  expect(await app().userDefaults.string('a')).toBe('new')
  expect(await app().userDefaults.keys()).toEqual(['a'])
})

test('synchronize resolves when everything is on the disk', async () => {
  const { app, effects, restart } = await samplePhone()
  effects.hold(true)
  app().userDefaults.set('a', 'kept')
  app().userDefaults.set('b', 'removed')
  app().userDefaults.remove('b')
  const written = app().userDefaults.synchronize()
  effects.complete(3)
  expect(await heard(written)).toBe(true)
  restart()
  effects.hold(false)
  expect(await app().userDefaults.keys()).toEqual(['a'])
})

test('before the first unlock nothing is there, without an error, and nothing can be written', async () => {
  const { app, act } = await samplePhone()
  app().userDefaults.set('a', 'before')
  await app().userDefaults.synchronize()
  await act({ control: 'reboot', unlocked: false })
  expect(await app().userDefaults.string('a')).toBeNull()
  expect(await app().userDefaults.keys()).toEqual([])
  app().userDefaults.set('b', 'early')
  expect(await app().userDefaults.synchronize()).toBe(false)
  await act({ control: 'unlock-screen' })
  expect(await app().userDefaults.string('a')).toBe('before')
  expect(await app().userDefaults.synchronize()).toBe(true)
  expect(await app().userDefaults.keys()).toEqual(['a', 'b'])
})

test('what a process set before its death and the first unlock is lost', async () => {
  const { app, act, restart } = await samplePhone()
  await act({ control: 'reboot', unlocked: false })
  app().userDefaults.set('b', 'early')
  restart()
  await act({ control: 'unlock-screen' })
  expect(await app().userDefaults.keys()).toEqual([])
})
