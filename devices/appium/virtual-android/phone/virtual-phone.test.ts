import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { authenticators } from '../../../../harness/contract/platforms/android.ts'
import type { AndroidHand } from '../../android/android-hand.ts'
import { readState, stateCommand } from '../../android/phone-state.ts'
import { nodesOf } from '../../android/screen-node.ts'
import { enrolThroughSettings, removeThroughSettings } from '../../android/settings-flow.ts'
import { pageSource } from '../automation/page-source.ts'
import { samplePhone } from './sample-phone.ts'

const rig = () => {
  const sample = samplePhone()
  const { phone, shell } = sample
  const state = async () => readState(await shell(stateCommand))
  /** The hand that drives real phones, without a driver between. */
  const hand: AndroidHand = {
    shell,
    mobile: async () => null,
    state,
    stateOnce: state,
    stateAfter: state,
    forget() {},
    touch: async (finger) => phone.touch(finger),
    screen: async () => nodesOf(pageSource(phone.screen(), false)),
    tap: async ({ x, y }) => phone.tap(x, y),
    async enter(text) {
      await shell(`input text ${text}; input keyevent 66`)
    },
  }
  const ask = async (authenticator: number = authenticators.strong) => {
    const heard: string[] = []
    sample
      .android()
      .activity()
      .biometricPrompt({
        onAuthenticationSucceeded: () => heard.push('matched'),
        onAuthenticationError: (code) => heard.push(`error ${code}`),
        onAuthenticationFailed: () => heard.push('missed'),
      })
      .authenticate({
        title: 'Sample',
        allowedAuthenticators: authenticator,
        ...(authenticator === authenticators.strong ? { negativeButtonText: 'No' } : {}),
      })
    await turn()
    return heard
  }
  return { ...sample, hand, state, ask }
}

describe('enrolment in the Settings', () => {
  test('takes the PIN and touches until it has seen enough, and ends what keys were bound to', async () => {
    const { hand, phone, state } = rig()
    const before = phone.simulation.host.phone.sensors.finger.authenticatorId
    expect(await enrolThroughSettings(hand, { pin: '1111', finger: 2 }, 1)).toBe(true)
    expect((await state()).fingers).toBe(2)
    expect(phone.simulation.host.phone.sensors.finger.authenticatorId).not.toBe(before)
  })
  test('goes nowhere with a wrong PIN, or a finger that is enrolled already', async () => {
    const { hand, state } = rig()
    expect(await enrolThroughSettings(hand, { pin: '2222', finger: 2 }, 1)).toBe(false)
    expect(await enrolThroughSettings(hand, { pin: '1111', finger: 1 }, 1)).toBe(false)
    expect((await state()).fingers).toBe(1)
  })
  test('is not offered without a screen lock', async () => {
    const { hand, shell } = rig()
    await shell('locksettings clear --old 1111')
    expect(await enrolThroughSettings(hand, { pin: '1111', finger: 2 }, 1)).toBe(false)
  })
  test('fingers are removed there, one or all', async () => {
    const { hand, state } = rig()
    await enrolThroughSettings(hand, { pin: '1111', finger: 2 }, 1)
    expect(await removeThroughSettings(hand, '1111', 1)).toBe(true)
    expect((await state()).fingers).toBe(1)
    expect(await removeThroughSettings(hand, '1111', 0)).toBe(true)
    expect((await state()).fingers).toBe(0)
  })
})

describe('prompts', () => {
  test('are windows of their own, answered by the sensor', async () => {
    const { phone, shell, state, ask } = rig()
    await shell('am start -n dev.holdfast.sample/.MainActivity')
    const first = await ask()
    const seen = (await state()).prompt
    expect(seen).not.toBeNull()
    phone.touch(99)
    phone.touch(1)
    await turn()
    expect(first).toEqual(['missed', 'matched'])
    expect((await state()).rejected).toBe(1)
    await ask()
    expect([null, seen]).not.toContain((await state()).prompt)
  })
  test('are dismissed by Back, and by their other button', async () => {
    const { hand, shell, ask } = rig()
    await shell('am start -n dev.holdfast.sample/.MainActivity')
    const back = await ask()
    await shell('input keyevent 4')
    const button = await ask()
    const other = (await hand.screen()).find(({ id }) => id === 'com.android.systemui:id/button_negative')
    if (other !== undefined) await hand.tap(other)
    await turn()
    expect([back, button]).toEqual([['error 10'], ['error 13']])
  })
  test('take the PIN where no finger is asked for', async () => {
    const { hand, phone, shell, ask } = rig()
    await shell('am start -n dev.holdfast.sample/.MainActivity')
    const heard = await ask(authenticators.deviceCredential)
    phone.touch(1)
    await hand.enter('9999')
    await hand.enter('1111')
    await turn()
    expect(heard).toEqual(['matched'])
  })
  test('go where the app leaves the front, and one asked for meanwhile comes when it is back', async () => {
    const { shell, state, ask } = rig()
    await shell('am start -n dev.holdfast.sample/.MainActivity')
    const left = await ask()
    await shell('input keyevent 3')
    await ask()
    expect((await state()).prompt).toBeNull()
    await shell('am start -n dev.holdfast.sample/.MainActivity')
    expect((await state()).prompt).not.toBeNull()
    expect(left).toEqual(['error 5'])
  })
  test('five strangers lock the sensor out, and the PIN on the lock screen ends that', async () => {
    const { phone, shell, state } = rig()
    await shell('am start -a android.app.action.CONFIRM_DEVICE_CREDENTIAL')
    for (let touches = 0; touches < 5; touches++) phone.touch(99)
    await shell('input keyevent 4')
    expect((await state()).lockedOut).toBe(true)
    await shell('input keyevent 223; input keyevent 224; input text 1111; input keyevent 66')
    expect(await state()).toMatchObject({ lockedOut: false, keyguard: false })
  })
})

describe('the lock screen', () => {
  test('opens by the PIN alone after a start, and by a finger afterwards', async () => {
    const { phone, shell, state } = rig()
    await phone.reboot()
    phone.touch(1)
    await shell('input text 2222; input keyevent 66')
    expect((await state()).keyguard).toBe(true)
    await shell('input text 1111; input keyevent 66')
    expect((await state()).keyguard).toBe(false)
    await shell('input keyevent 26')
    expect((await state()).keyguard).toBe(true)
    phone.touch(1)
    expect((await state()).keyguard).toBe(false)
  })
})

describe('the app', () => {
  test('has one process with one page, until it is stopped', async () => {
    const { opened, phone, shell } = rig()
    await shell('am start -n dev.holdfast.sample/.MainActivity')
    await shell('am start -n dev.holdfast.sample/.MainActivity')
    expect(await shell('pidof dev.holdfast.sample')).toBe(String(phone.appPid()))
    expect(await shell('cat /proc/net/unix')).toContain(`@webview_devtools_remote_${phone.appPid()}`)
    await shell('am force-stop dev.holdfast.sample')
    expect(await shell('cat /proc/net/unix')).not.toContain('webview')
    expect(opened.map((one) => one.split(' ')[0])).toEqual(['open', 'close'])
  })
  test('is not started where it is not installed, nor what is not there', async () => {
    const { shell } = rig()
    expect(await shell('am start -n com.example/.Main')).toContain('does not exist')
    await shell('pm uninstall dev.holdfast.sample')
    expect(await shell('am start -n dev.holdfast.sample/.MainActivity')).toContain('does not exist')
  })
})
