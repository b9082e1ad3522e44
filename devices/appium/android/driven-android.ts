import type { Control } from '../../../harness/contract/controls.ts'
import type { Trace } from '../../../harness/contract/device.ts'
import { type Applied, type DrivenPhone, done, skipped } from '../driven-phone.ts'
import { PhoneUnavailable } from '../phone-unavailable.ts'
import { leadHere, leadNowhere, type PhoneOnAdb } from './adb-host.ts'
import { type AppSessionOptions, openAppSession } from './app-session.ts'
import { phoneOwner } from './phone-owner.ts'

/** A phone or emulator, and the app on it. */
export interface AndroidOptions extends AppSessionOptions {
  /** Of the screen lock; one finger is enrolled. */
  readonly pin: string
  /** Whether each program begins with the app's data cleared, since fresh names are not enough for it. */
  readonly clearsData: boolean
  /** The adb server of this machine that has the phone, for apps that connect out to us. Absent where none of them does. */
  readonly adb?: () => PhoneOnAdb
  /** Resolves once the phone is up again after a restart was asked for. */
  readonly up: () => Promise<void>
  readonly software: () => Promise<Readonly<Record<string, string>>>
  readonly traces: () => Iterable<Trace>
  /** Ends what was started for the phone. */
  readonly end: () => Promise<void>
}

/** How long a prompt takes to go. Milliseconds. */
const goesMs = 1500
const nobody = Promise.resolve(skipped)
type Acts = {
  readonly [N in Control['control']]?: (control: Extract<Control, { readonly control: N }>) => Promise<Applied>
}

/** An Android phone that is driven through Appium's UiAutomator2 driver: an emulator, or what the driver takes for one. */
export const drivenAndroid = async (options: AndroidOptions): Promise<DrivenPhone> => {
  const app = await openAppSession(options)
  const { hand } = app
  const owner = phoneOwner(app, options.pin)
  let boots = 0
  let german = false
  let landscape = false
  /** The port of the phone that leads here. */
  let led: number | null = null

  /** Something that takes a prompt down; `act` says by false that there was no way to. */
  const withPrompt = async (act: () => Promise<unknown>, ended: NonNullable<Applied['prompt']>): Promise<Applied> => {
    const before = await hand.state()
    if (before.prompt === null || (await act()) === false) return skipped
    const after = await hand.stateOnce(({ prompt }) => prompt !== before.prompt, goesMs)
    return after.prompt === before.prompt ? skipped : { result: 'done', prompt: ended }
  }
  const otherButton = async (): Promise<boolean> => {
    const button = (await hand.screen()).find(({ id }) => id === 'com.android.systemui:id/button_negative')
    if (button !== undefined) await hand.tap(button)
    return button !== undefined
  }
  /** By the helper app that the driver brings, as the driver itself does it. */
  const setLanguage = async (to: 'de' | 'en') => {
    const locale = `--es lang ${to} --es country ${to === 'de' ? 'DE' : 'US'}`
    const receiver = '-n io.appium.settings/.receivers.LocaleSettingReceiver'
    await hand.shell(`am broadcast -a io.appium.settings.locale ${receiver} ${locale}`)
    german = to === 'de'
  }
  const clearData = async () => {
    await hand.shell(`pm clear ${options.package}`)
    app.appGone()
  }
  const turn = async (to: boolean) => {
    await app.turn(to)
    landscape = to
  }
  const acts: Acts = {
    enrol: ({ what }) => (what === 'finger' ? owner.enrol() : nobody),
    unenrol: ({ which }) => owner.unenrol(which),
    touch: ({ finger }) => owner.touch(finger),
    'cancel-prompt': ({ by }) =>
      by === 'dismissal'
        ? withPrompt(() => hand.shell('input keyevent 4'), 'dismissed')
        : withPrompt(otherButton, 'button'),
    async 'leave-app'() {
      const left = await withPrompt(() => hand.shell('input keyevent 3'), 'system-cancelled')
      if (left.result === 'done') await app.backToApp()
      return left
    },
    'lock-out': ({ how }) => (how === 'temporary' ? owner.lockOut() : nobody),
    'change-screen-lock': ({ old }) => (old === 'proven' ? owner.changePin() : nobody),
    'remove-screen-lock': owner.removePin,
    'set-screen-lock': owner.setPin,
    'lock-screen': owner.lockScreen,
    'unlock-screen': owner.unlockScreen,
    async reboot({ unlocked }) {
      boots++
      await hand.shell('reboot').catch(() => undefined)
      await app.reopen(options.up)
      if (unlocked && (await hand.state()).keyguard) await owner.enterPin()
      return { result: 'done', prompt: 'lost' }
    },
    async rotate() {
      if (!app.running()) return skipped
      await turn(!landscape)
      return done
    },
    async 'clear-data'() {
      await clearData()
      return done
    },
    async 'change-language'() {
      await setLanguage(german ? 'en' : 'de')
      return done
    },
  }
  const { adb } = options
  const leadNowhereNow = async () => {
    if (adb !== undefined && led !== null) await leadNowhere(adb(), led)
    led = null
  }
  const leadPortHere =
    (reached: () => PhoneOnAdb) =>
    async (port: number): Promise<number> => {
      await leadNowhereNow()
      const at = reached()
      led = await leadHere(at, port).catch((cause: unknown) => {
        const why = cause instanceof Error ? cause.message : String(cause)
        throw new PhoneUnavailable(
          `The app on ${at.serial} cannot connect out to here, since adb on port ${at.adbPort} leads no port of the phone here (${why}): use an adb server of this machine, or webview: in place of dial:.`,
          { cause },
        )
      })
      return led
    }
  return {
    controls: new Set([...(Object.keys(acts) as Control['control'][]), 'kill-app']),
    showApp: app.showApp,
    killApp: app.killApp,
    launch: app.launch,
    ...(adb === undefined ? {} : { leadHere: leadPortHere(adb) }),
    exchange: app.exchange,
    inPage: app.inPage,
    film: app.film,
    prompt: async () => (await hand.state()).prompt,
    answerPrompt: owner.answerPrompt,
    async apply(control) {
      const doing = acts[control.control] as ((control: Control) => Promise<Applied>) | undefined
      return doing === undefined ? skipped : doing(control)
    },
    async restore() {
      const state = await app.found()
      if (german) await setLanguage('en')
      if (state.prompt !== null) await hand.shell('input keyevent 4')
      await owner.restore(state)
      if (landscape) await turn(false)
      if (options.clearsData) await clearData()
    },
    clearsData: options.clearsData,
    boots: () => boots,
    software: options.software,
    async traces() {
      const log = await hand.shell('logcat -d; logcat -c')
      return [...options.traces(), { in: 'output', where: 'log', bytes: Buffer.from(log) }]
    },
    async [Symbol.asyncDispose]() {
      await leadNowhereNow()
      await app.close()
      await options.end()
    },
  }
}
