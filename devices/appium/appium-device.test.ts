import { expect, test } from 'vitest'
import { DeviceFault } from '../../harness/contract/device.ts'
import { appiumDevice } from './appium-device.ts'
import { type DrivenPhone, done, PageGone } from './driven-phone.ts'
import { PhoneUnavailable } from './phone-unavailable.ts'

/** A phone with a prompt up, until it is taken away. */
const rig = () => {
  let failure: Error | null = null
  const told: string[] = []
  const asked = async <T>(value: T): Promise<T> => {
    if (failure !== null) throw failure
    return value
  }
  const phone = {
    controls: new Set(['touch'] as const),
    showApp: () => asked(undefined),
    killApp: () => asked(undefined),
    prompt: () => asked<string | null>('a prompt'),
    answerPrompt: () => asked(true),
    apply: () => asked(done),
    restore: () => asked(undefined),
    async exchange() {
      if (failure !== null) throw new PageGone(failure.message)
      return []
    },
  } as unknown as DrivenPhone
  const device = appiumDevice('lab', phone, async () => {
    throw new Error('not asked for')
  })
  device.watched?.onPhase((_, phase) => told.push(phase))
  return {
    device,
    told,
    fail(error: Error) {
      failure = error
    },
  }
}
const gone = new Error('WebDriverError: A session is either terminated or not started\n  at somewhere')

test('a phone that goes away midway is the fault of the environment, in one sentence', async () => {
  const { device, fail } = rig()
  fail(gone)
  for (const doing of [device.restore(), device.apply({ control: 'touch', finger: 'right' }), device.watched?.look()]) {
    const error: unknown = await doing?.catch((cause: unknown) => cause)
    expect(error).toBeInstanceOf(DeviceFault)
    expect(String(error)).toMatch(/The phone of lab, or the way to it, failed: .*not started$/)
  }
})

test('a session that is lost while a prompt is up answers nothing, and tells no ending that nobody saw', async () => {
  const { device, fail, told } = rig()
  const channel = await device.channel?.([], {})
  expect(await device.watched?.look()).toBe(true)
  fail(gone)
  channel?.send('{"id":1,"op":"get"}')
  expect(await channel?.ended).toBe('the page is gone')
  await expect(device.watched?.look()).rejects.toThrow(DeviceFault)
  // Whoever kills the app finds it gone already.
  await channel?.kill()
  expect(told).toEqual(['shown'])
})

test('what says its sentence already is passed on as it is', async () => {
  const { device, fail } = rig()
  fail(new PhoneUnavailable('The phone is not there: start it.'))
  await expect(device.restore()).rejects.toThrow(/^The phone is not there: start it\.$/)
})
