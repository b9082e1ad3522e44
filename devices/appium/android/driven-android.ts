import { setTimeout as sleep } from 'node:timers/promises'
import type { Control, PhoneProfile } from '../../../harness/contract/controls.ts'
import type { Trace } from '../../../harness/contract/device.ts'
import { type RestoreWay, restoring } from '../../../harness/contract/restoring.ts'
import { type Applied, type DrivenPhone, done, skipped } from '../driven-phone.ts'
import { type DrivenKind, lacksOf } from '../lacking.ts'
import { PhoneUnavailable } from '../phone-unavailable.ts'
import { leadHere, leadNowhere, type PhoneOnAdb } from './adb-host.ts'
import { appBackup } from './app-backup.ts'
import { type AppSessionOptions, openAppSession } from './app-session.ts'
import { phoneOwner } from './phone-owner.ts'

/** What only some phones let be done with them. What is absent nobody can do there. */
export interface Beyond {
  /** Files of the app under test and of a newer build, which the driver installs. */
  readonly app?: string
  readonly newer?: string
  /** Lets so many milliseconds go by on the phone at once. Absent: they are waited for. */
  readonly pass?: (ms: number) => Promise<void>
  /** What a shell runs to have the app told of a match that never was. */
  readonly forge?: string
  /** Address of a newer system on the phone, for `update_engine_client`. */
  readonly system?: string
  /** Puts another phone in its place: of another kind, or restored from the backup that was just taken. */
  readonly useKind?: (profile?: PhoneProfile) => Promise<boolean>
  readonly restoreOnAnother?: () => Promise<void>
  /** How many items of the app a backup brought since the last call. */
  readonly takeRestored?: () => number | null
}

/** A phone or emulator, and the app on it. */
export interface AndroidOptions extends AppSessionOptions {
  /** Default `android-emulator`. */
  readonly kind?: DrivenKind
  readonly beyond?: Beyond
  /** Of the screen lock; one finger is enrolled. */
  readonly pin: string
  /** How what the app keeps may be put back. What needs a file of the app is left out where there is none. */
  readonly restores: readonly RestoreWay[]
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
/** After how long the system takes down a prompt that nobody answers, and how long is waited at most. Milliseconds. */
const promptMs = 31_000
const mostWaitedMs = 60_000
/** The app's process ended, and with it what it waited for. */
const ended: Applied = { result: 'done', prompt: 'lost' }
const nobody = Promise.resolve(skipped)
type Acts = {
  readonly [N in Control['control']]?: (control: Extract<Control, { readonly control: N }>) => Promise<Applied>
}

/** An Android phone that is driven through Appium's UiAutomator2 driver: an emulator, or what the driver takes for one. */
export const drivenAndroid = async (options: AndroidOptions): Promise<DrivenPhone> => {
  const app = await openAppSession(options)
  const { hand } = app
  const owner = phoneOwner(app, options.pin)
  const backup = appBackup(hand, options.package)
  const { app: file, newer, pass, forge, system, useKind, restoreOnAnother, takeRestored } = options.beyond ?? {}
  let boots = 0
  let german = false
  let landscape = false
  let otherKind = false
  /** Milliseconds that went by on the phone alone. */
  let passed = 0
  /** The port of the phone that leads here. */
  let led: number | null = null

  /** Something that takes a prompt down; `act` says by false that there was no way to. */
  const withPrompt = async (act: () => Promise<unknown>, how: NonNullable<Applied['prompt']>): Promise<Applied> => {
    const before = await hand.state()
    if (before.prompt === null || (await act()) === false) return skipped
    const after = await hand.stateOnce(({ prompt }) => prompt !== before.prompt, goesMs)
    return after.prompt === before.prompt ? skipped : { result: 'done', prompt: how }
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
  const install = (path: string) => hand.mobile('installApp', { appPath: path })
  const installAnew = async (path: string) => {
    await hand.mobile('removeApp', { appId: options.package })
    app.appGone()
    await install(path)
  }
  const ways = restoring(options.restores.filter((way) => way !== 'reinstall' || file !== undefined))
  const letPass = async (ms: number) => {
    hand.forget()
    if (pass === undefined) return sleep(ms)
    await pass(ms)
    passed += ms
  }
  const restart = async (unlocked: boolean): Promise<Applied> => {
    boots++
    await hand.shell('reboot').catch(() => undefined)
    await app.reopen(options.up)
    if (unlocked && (await hand.state()).keyguard) await owner.enterPin()
    return ended
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
    reboot: ({ unlocked }) => restart(unlocked),
    async rotate() {
      if (!app.running()) return skipped
      await turn(!landscape)
      return done
    },
    async 'clear-data'() {
      await clearData()
      return ended
    },
    async 'change-language'() {
      await setLanguage(german ? 'en' : 'de')
      return done
    },
    // A screen that goes dark takes the prompt down before its time.
    'time-out-prompt': () =>
      withPrompt(async () => {
        await hand.shell('svc power stayon true')
        await letPass(promptMs)
        await hand.shell('svc power stayon false')
      }, 'timed-out'),
    async 'advance-clock'({ by }) {
      if (by < 0 || (pass === undefined && by > mostWaitedMs)) return skipped
      await letPass(by)
      return { result: 'done', prompt: 'timed-out' }
    },
    ...(file !== undefined && {
      async reinstall({ backup: kept }) {
        if (!kept) await backup.forget()
        else if (!(await backup.take())) return skipped
        await installAnew(file)
        return ended
      },
    }),
    ...(newer !== undefined && {
      async 'update-app'() {
        await install(newer)
        app.appGone()
        return ended
      },
    }),
    ...(system !== undefined && {
      async 'update-system'() {
        const told = await hand.shell(`update_engine_client --update --follow --payload=${system}`)
        return /kSuccess/.test(told) ? restart(true) : skipped
      },
    }),
    ...(forge !== undefined && { 'forge-match': () => withPrompt(() => hand.shell(forge), 'forged') }),
    ...(restoreOnAnother !== undefined && {
      async 'change-phone'() {
        if (!(await backup.take())) return skipped
        await restoreOnAnother()
        hand.forget()
        owner.isNew()
        app.appGone()
        return ended
      },
    }),
    ...(useKind !== undefined && {
      async 'use-phone'({ profile }) {
        hand.forget()
        if (!(await useKind(profile))) return skipped
        otherKind = true
        owner.isNew()
        return done
      },
    }),
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
  const controls = new Set([...(Object.keys(acts) as Control['control'][]), 'kill-app' as const])
  return {
    controls,
    lacks: lacksOf(options.kind ?? 'android-emulator', controls),
    showApp: app.showApp,
    killApp: app.killApp,
    launch: app.launch,
    ...(adb === undefined ? {} : { leadHere: leadPortHere(adb) }),
    exchange: app.exchange,
    inPage: app.inPage,
    film: app.film,
    prompt: async () => (await hand.stateAfter('')).prompt,
    promptLeft: async () => (await hand.state()).prompt,
    answerPrompt: owner.answerPrompt,
    async apply(control) {
      const doing = acts[control.control] as ((control: Control) => Promise<Applied>) | undefined
      return doing === undefined ? skipped : doing(control)
    },
    async restore() {
      takeRestored?.()
      if (otherKind) await useKind?.()
      if (otherKind) owner.isNew()
      otherKind = false
      const state = await app.found()
      if (german) await setLanguage('en')
      if (state.prompt !== null) await hand.shell('input keyevent 4')
      await owner.restore(state)
      if (landscape) await turn(false)
      if (ways.way() === 'clear-data') await clearData()
      if (ways.way() === 'reinstall' && file !== undefined) await installAnew(file)
    },
    restoring: ways,
    boots: () => boots,
    ...(takeRestored !== undefined && { takeRestored }),
    passed: () => passed,
    software: options.software,
    async traces() {
      const log = await hand.shell('logcat -d; logcat -c')
      return [...options.traces(), { in: 'output', where: 'log', bytes: Buffer.from(log) }]
    },
    async [Symbol.asyncDispose]() {
      await leadNowhereNow()
      // A phone that is gone is left as it is.
      await backup.end().catch(() => undefined)
      await app.close()
      await options.end()
    },
  }
}
