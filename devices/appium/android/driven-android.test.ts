import { expect, test } from 'vitest'
import type { RestoreWay } from '../../../harness/contract/restoring.ts'
import { PageGone } from '../driven-phone.ts'
import type { DriverSession } from '../driver-session.ts'
import { drivenAndroid } from './driven-android.ts'

/** A session whose phone is as the state says; `lost` makes every command fail as a lost session does. */
const rig = async (restores: readonly RestoreWay[] = ['fresh-names']) => {
  const commands: string[] = []
  let sessions = 0
  let lost = false
  let unfit: string | null = null
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
      async switchAppiumContext(to: string) {
        alive()
        if (unfit !== null && to !== 'NATIVE_APP') throw new Error(unfit)
      },
      async deleteSession() {},
    } as unknown as DriverSession
  }
  const phone = await drivenAndroid({
    open,
    package: 'dev.holdfast.sample',
    activity: '.Main',
    pin: '1111',
    restores,
    beyond: { app: '/tmp/app.apk' },
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
    unfit(why: string) {
      unfit = why
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

test.each([
  ["No Chromedriver found that can automate Chrome '113.0.5672'. You could also try to enable it", 'found that'],
  ['session not created: This version of ChromeDriver only supports Chrome version 90', 'only supports'],
])('a chromedriver that does not fit is told in one sentence, at once', async (why, word) => {
  const { phone, unfit } = await rig()
  unfit(why)
  await expect(phone.showApp()).rejects.toThrow(
    new RegExp(
      `^No chromedriver fits the webview of dev.holdfast.sample: give one by appium:chromedriverExecutable.*${word}`,
    ),
  )
})

test('what was seen just before is not looked at again, and what was done is', async () => {
  const { phone, commands } = await rig()
  const looks = () => commands.filter((line) => line.includes('dumpsys')).length
  expect(await phone.prompt()).toBeNull()
  expect(await phone.apply({ control: 'touch', finger: 'right' })).toEqual({ result: 'skipped' })
  expect(looks()).toBe(1)
  expect(await phone.prompt()).toBeNull()
  expect(looks()).toBe(2)
  await phone.apply({ control: 'lock-screen' })
  expect(looks()).toBe(2)
  // The screen was locked meanwhile.
  expect(await phone.promptLeft?.()).toBeNull()
  expect(looks()).toBe(3)
})

test.each([
  ['fresh-names', []],
  ['clear-data', ['pm clear dev.holdfast.sample']],
  ['reinstall', ['', '']],
] as const)('each program begins as it is declared: %s', async (way, lines) => {
  const { phone, commands } = await rig([way])
  await phone.restore()
  expect(commands.filter((line) => !line.includes('dumpsys'))).toEqual(lines)
  expect(phone.restoring.way()).toBe(way)
})
