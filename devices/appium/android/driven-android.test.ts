import { expect, test } from 'vitest'
import { PageGone } from '../driven-phone.ts'
import type { DriverSession } from '../driver-session.ts'
import { drivenAndroid } from './driven-android.ts'

/** A session whose phone is as the state says; `lost` makes every command fail as a lost session does. */
const rig = async () => {
  const commands: string[] = []
  let sessions = 0
  let lost = false
  const open = async (): Promise<DriverSession> => {
    sessions++
    const mine = sessions
    const alive = () => {
      if (lost && mine === sessions) throw new Error('A session is either terminated or not started')
    }
    return {
      async executeScript(script: string, args: readonly { readonly command?: string }[]) {
        alive()
        if (!script.startsWith('mobile:')) return { is: 'lines', lines: ['answer'] }
        const line = args[0]?.command ?? ''
        commands.push(line)
        return line.includes('dumpsys')
          ? '"count":1 "reject":0\nmCurrentFocus=Window{a u0 x/y}\nisKeyguardShowing=false'
          : ''
      },
      async switchAppiumContext() {
        alive()
      },
      async deleteSession() {},
    } as unknown as DriverSession
  }
  const phone = await drivenAndroid({
    open,
    package: 'dev.holdfast.sample',
    activity: '.Main',
    pin: '1111',
    restores: ['fresh-names'],
    up: async () => {},
    adb: () => ({ adbPort: 9, serial: 'emulator-5554' }),
    software: async () => ({}),
    traces: () => [],
    end: async () => {},
  })
  return {
    phone,
    commands,
    sessions: () => sessions,
    lose() {
      lost = true
    },
    find() {
      lost = false
    },
  }
}

test('what was asked of a session that is lost is lost, and the next program gets another', async () => {
  const { phone, sessions, lose, find } = await rig()
  await phone.showApp()
  expect(await phone.exchange([], 1)).toEqual(['answer'])
  lose()
  await expect(phone.exchange([], 1)).rejects.toThrow(PageGone)
  // Where a new one works again, the program after it begins as any other.
  const restoring = phone.restore()
  find()
  await restoring
  expect(sessions()).toBe(2)
  await expect(phone.exchange([], 1)).rejects.toThrow(PageGone)
  await phone.showApp()
  expect(await phone.exchange([], 1)).toEqual(['answer'])
})

test('a phone that is as it was needs one look to be put back', async () => {
  const { phone, commands } = await rig()
  await phone.restore()
  expect(commands.filter((line) => !line.includes('dumpsys'))).toEqual([])
})

test('a control that the phone does not have is skipped without a command', async () => {
  const { phone, commands } = await rig()
  expect(await phone.apply({ control: 'forge-match' })).toEqual({ result: 'skipped' })
  expect(phone.controls.has('forge-match')).toBe(false)
  expect(commands).toEqual([])
})
