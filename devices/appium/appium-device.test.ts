import { expect, test } from 'vitest'
import { restoring } from '../../harness/contract/restoring.ts'
import { appiumDevice } from './appium-device.ts'
import type { DrivenPhone } from './driven-phone.ts'

const rig = (ways: Parameters<typeof restoring>[0] = ['fresh-names']) => {
  const asked: string[] = []
  const phone = {
    controls: new Set(),
    restoring: restoring(ways),
    boots: () => 0,
    async prompt() {
      asked.push('prompt')
      return 'one'
    },
    async killApp() {},
    async [Symbol.asyncDispose]() {},
  } as unknown as DrivenPhone
  const device = appiumDevice('lab', phone, async () => {
    throw new Error('not calibrated here')
  })
  return { device, asked, phone }
}

test('a look that nobody needs any more, once it comes to it, is not taken', async () => {
  const { device, asked } = rig()
  let over = false
  const looked = device.watched?.look(() => over)
  over = true
  expect(await looked).toBe(false)
  expect(asked).toEqual([])
  expect(await device.watched?.look(() => false)).toBe(true)
  expect(asked).toEqual(['prompt'])
})

test('whether putting the phone back ends the app follows from the way that is used', () => {
  const { device, phone } = rig(['fresh-names', 'clear-data'])
  expect(device.restoreEnds?.()).toBe(false)
  phone.restoring.use('clear-data')
  expect(device.restoreEnds?.()).toBe(true)
})
