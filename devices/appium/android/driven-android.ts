import { setTimeout as sleep } from 'node:timers/promises'
import type { Control } from '../../../harness/contract/controls.ts'
import type { Trace } from '../../../harness/contract/device.ts'
import { type Applied, type DrivenPhone, done, type Frame, PageGone, skipped } from '../driven-phone.ts'
import type { DriverSession } from '../driver-session.ts'
import { exchangeInPage } from '../page-exchange.ts'
import { PhoneUnavailable } from '../phone-unavailable.ts'
import { type AndroidHand, androidHand } from './android-hand.ts'
import { enrolThroughSettings, removeThroughSettings } from './settings-flow.ts'

/** A phone or emulator, and the app on it. */
export interface AndroidOptions {
  /** Opens a session. Called again after a restart. */
  readonly open: () => Promise<DriverSession>
  readonly package: string
  /** `.MainActivity`. */
  readonly activity: string
  /** Of the screen lock; of one finger that is enrolled. */
  readonly pin: string
  /** Resolves once the phone is up again after a restart was asked for. */
  readonly up: () => Promise<void>
  readonly software: () => Promise<Readonly<Record<string, string>>>
  readonly traces: () => Iterable<Trace>
  /** Ends what was started for the phone. */
  readonly end: () => Promise<void>
}

const first = 1
const stranger = 99
const mostFingers = 5
/** How long a prompt takes to go once it was answered. Milliseconds. */
const goesMs = 1500
/** Wrong touches until the sensor is locked out for a while. */
const missesToLockout = 5
const native = 'NATIVE_APP'
/** The first page of an app needs a while. Milliseconds. */
const pageMs = 10_000
const lookMs = 50

export const drivenAndroid = async (options: AndroidOptions): Promise<DrivenPhone> => {
  let session = await options.open()
  let context = native
  let boots = 0
  /** What differs from how the phone was at first. */
  let fingers = [first]
  let pin: string | null = options.pin
  let german = false
  let landscape = false
  let touched = false
  let running = false
  const webview = `WEBVIEW_${options.package}`
  const toContext = async (to: string) => {
    if (context === to) return
    await session.switchAppiumContext(to)
    context = to
  }
  /** Pictures that are taken just now. */
  let film: Frame[] | null = null
  const seen = async (caption: () => Promise<string>): Promise<void> => {
    if (film === null) return
    const told = await caption()
    await toContext(native)
    const png = Buffer.from(await session.takeScreenshot(), 'base64')
    const last = film.at(-1)
    if (last?.caption !== told || !png.equals(last.png)) film.push({ caption: told, png })
  }
  const hand: AndroidHand = androidHand(
    () => session,
    () => toContext(native),
    seen,
  )
  const startApp = () => hand.shell(`am start -W -n ${options.package}/${options.activity}`)
  const killApp = async () => {
    running = false
    await hand.shell(`am force-stop ${options.package}`)
    context = 'gone'
  }
  const toPage = async () => {
    // The driver keeps a session with a webview that died until it is told to leave it.
    if (context === 'gone') await toContext(native)
    for (const until = performance.now() + pageMs; ; await sleep(lookMs)) {
      try {
        return await toContext(webview)
      } catch (error) {
        if (performance.now() > until) throw noWebview(error)
      }
    }
  }
  const noWebview = (error: unknown): Error => {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    if (/chromedriver/i.test(why))
      return new PhoneUnavailable(`No chromedriver fits the webview of ${options.package}: ${why}`)
    return new PhoneUnavailable(
      `The app ${options.package} shows no webview that can be looked into: switch its debugging on (setWebContentsDebuggingEnabled).`,
    )
  }
  const showApp = async () => {
    await startApp()
    running = true
    await toPage()
  }
  const unlockScreen = () => hand.shell(`input keyevent 224; wm dismiss-keyguard; input text ${pin}; input keyevent 66`)
  const lockScreen = () => hand.shell('input keyevent 223')
  /** Something done in the Settings: the app leaves the front, and comes back after it. */
  const inSettings = async (act: () => Promise<boolean>): Promise<Applied> => {
    if ((await hand.state()).keyguard) return skipped
    const was = await act()
    await hand.shell('input keyevent 3')
    if (running) await startApp()
    return was ? { result: 'done', prompt: 'system-cancelled' } : skipped
  }
  const enrol = (finger: number) => async (): Promise<boolean> => {
    if (pin === null || fingers.length >= mostFingers) return false
    const was = await enrolThroughSettings(hand, { pin, finger })
    if (was) fingers = [...fingers, finger]
    return was
  }
  const nextFinger = () => Math.max(0, ...fingers) + 1
  const unenrol = (left: number) => async (): Promise<boolean> => {
    if (pin === null || fingers.length <= left) return false
    const was = await removeThroughSettings(hand, pin, left)
    // Settings lists them in order, and the first delete is the first finger's.
    if (was) fingers = fingers.slice(fingers.length - left)
    return was
  }
  const reboot = async (unlocked: boolean) => {
    running = false
    boots++
    await hand.shell('reboot').catch(() => undefined)
    await session.deleteSession().catch(() => undefined)
    await options.up()
    session = await options.open()
    context = native
    if (unlocked && pin !== null) await unlockScreen()
  }
  const touch = async (finger: 'right' | 'wrong'): Promise<Applied> => {
    const before = await hand.state()
    const id = finger === 'right' ? fingers[0] : stranger
    if (before.prompt === null || id === undefined) return skipped
    await hand.touch(id)
    const gone = ({ prompt, rejected }: typeof before) => prompt !== before.prompt || rejected > before.rejected
    const after = await hand.stateOnce(gone, goesMs)
    if (finger === 'right') return after.prompt === before.prompt ? skipped : { result: 'done', prompt: 'matched' }
    touched = true
    if (after.rejected <= before.rejected) return skipped
    return { result: 'done', missed: true, prompt: 'locked-out' }
  }
  const lockOut = async (): Promise<Applied> => {
    const before = await hand.state()
    if (before.lockedOut || before.keyguard || fingers.length === 0) return skipped
    touched = true
    await hand.shell('am start -a android.app.action.CONFIRM_DEVICE_CREDENTIAL')
    for (let misses = 0; misses < missesToLockout; misses++) await hand.touch(stranger)
    const { lockedOut } = await hand.state()
    await hand.shell('input keyevent 4; input keyevent 3')
    if (running) await startApp()
    return lockedOut ? { result: 'done', prompt: 'system-cancelled' } : skipped
  }
  const answerPrompt = async (): Promise<boolean> => {
    const [finger] = fingers
    if (finger !== undefined) {
      const { prompt } = await touch('right')
      if (prompt !== undefined) return true
    }
    const before = await hand.state()
    if (before.prompt === null || pin === null) return before.prompt === null
    await hand.enter(pin)
    return (await hand.stateOnce(({ prompt }) => prompt !== before.prompt, goesMs)).prompt !== before.prompt
  }
  const withPrompt = async (act: () => Promise<unknown>, ended: NonNullable<Applied['prompt']>): Promise<Applied> => {
    const before = await hand.state()
    if (before.prompt === null) return skipped
    if ((await act()) === false) return skipped
    const after = await hand.stateOnce(({ prompt }) => prompt !== before.prompt, goesMs)
    return after.prompt === before.prompt ? skipped : { result: 'done', prompt: ended }
  }
  const setPin = async (line: string, to: string | null): Promise<boolean> => {
    const told = await hand.shell(`locksettings ${line}`)
    if (!/Pin set|cleared/.test(told)) return false
    pin = to
    return true
  }
  const otherPin = () => (pin === options.pin ? `${options.pin}7` : options.pin)
  const removeScreenLock = async (): Promise<boolean> => {
    const was = pin !== null && (await setPin(`clear --old ${pin}`, null))
    if (was) fingers = []
    return was
  }
  const setScreenLock = async (): Promise<boolean> =>
    pin === null && (await setPin(`set-pin ${options.pin}`, options.pin)) && (await enrol(first)())
  const setLanguage = async (to: 'de' | 'en') => {
    await hand.shell(
      `am broadcast -a io.appium.settings.locale -n io.appium.settings/.receivers.LocaleSettingReceiver --es lang ${to} --es country ${to === 'de' ? 'DE' : 'US'}`,
    )
    german = to === 'de'
  }

  const acts: {
    readonly [N in Control['control']]?: (control: Extract<Control, { readonly control: N }>) => Promise<Applied>
  } = {
    enrol: ({ what }) => (what === 'finger' ? inSettings(enrol(nextFinger())) : Promise.resolve(skipped)),
    unenrol: ({ which }) => inSettings(unenrol(which === 'all' ? 0 : fingers.length - 1)),
    touch: ({ finger }) => touch(finger),
    'cancel-prompt': ({ by }) =>
      by === 'dismissal'
        ? withPrompt(() => hand.shell('input keyevent 4'), 'dismissed')
        : withPrompt(() => hand.tap('id', 'com.android.systemui:id/button_negative'), 'button'),
    async 'leave-app'() {
      const left = await withPrompt(() => hand.shell('input keyevent 3'), 'system-cancelled')
      if (running) await startApp()
      return left
    },
    'lock-out': ({ how }) => (how === 'temporary' ? lockOut() : Promise.resolve(skipped)),
    async 'change-screen-lock'({ old }) {
      if (old === 'unproven' || pin === null || (await hand.state()).keyguard) return skipped
      const next = otherPin()
      return inSettings(() => setPin(`set-pin --old ${pin} ${next}`, next))
    },
    'remove-screen-lock': () => inSettings(removeScreenLock),
    'set-screen-lock': () => inSettings(setScreenLock),
    async 'lock-screen'() {
      if (pin === null || (await hand.state()).keyguard) return skipped
      await lockScreen()
      return { result: 'done', prompt: 'system-cancelled' }
    },
    async 'unlock-screen'() {
      if (!(await hand.state()).keyguard) return skipped
      await unlockScreen()
      return done
    },
    async reboot({ unlocked }) {
      await reboot(unlocked)
      return { result: 'done', prompt: 'lost' }
    },
    async rotate() {
      if (!running) return skipped
      landscape = !landscape
      await toContext(native)
      await session.setOrientation(landscape ? 'LANDSCAPE' : 'PORTRAIT')
      return done
    },
    async 'clear-data'() {
      running = false
      await hand.shell(`pm clear ${options.package}`)
      context = 'gone'
      return done
    },
    async 'change-language'() {
      await setLanguage(german ? 'en' : 'de')
      return done
    },
  }
  /** A session that was lost is opened again between programs; what was in the middle of one is lost there. */
  const reopened = async () => {
    try {
      return await hand.state()
    } catch {
      await session.deleteSession().catch(() => undefined)
      session = await options.open()
      context = native
      running = false
      return hand.state()
    }
  }
  const restore = async () => {
    let state = await reopened()
    if (german) await setLanguage('en')
    if (state.prompt !== null) await hand.shell('input keyevent 4')
    if (state.keyguard) await unlockScreen()
    if (pin !== null && pin !== options.pin) await setPin(`set-pin --old ${pin} ${options.pin}`, options.pin)
    const fresh = fingers.length === 1 && pin !== null
    if (!fresh) {
      if (pin === null) await inSettings(setScreenLock)
      else if (fingers.length === 0) await inSettings(enrol(first))
      else await inSettings(unenrol(1))
    }
    if (landscape) {
      await toContext(native)
      await session.setOrientation('PORTRAIT')
      landscape = false
    }
    state = await hand.state()
    // The PIN on the lock screen ends a lockout, and forgets what was counted on the way to one.
    if (touched || state.lockedOut) {
      await lockScreen()
      await unlockScreen()
      touched = false
    }
    if (state.fingers !== 1 || pin !== options.pin)
      throw new Error('the phone could not be put back to one finger and its PIN: do that by hand')
  }
  const controls = new Set([...(Object.keys(acts) as Control['control'][]), 'kill-app' as const])
  return {
    controls,
    showApp,
    killApp,
    async exchange(lines, waitMs) {
      if (!running) throw new PageGone('the app was stopped')
      await toPage()
      return exchangeInPage(session, lines, waitMs)
    },
    async inPage(script, ...args) {
      await toPage()
      return session.executeScript(script, [...args])
    },
    prompt: async () => (await hand.state()).prompt,
    answerPrompt,
    async apply(control) {
      const doing = acts[control.control] as ((control: Control) => Promise<Applied>) | undefined
      return doing === undefined ? skipped : doing(control)
    },
    async film(doing) {
      const taken: Frame[] = []
      film = taken
      try {
        await doing()
        await seen(async () => 'the app afterwards')
      } finally {
        film = null
      }
      return taken
    },
    restore,
    boots: () => boots,
    software: options.software,
    async traces() {
      const log = await hand.shell('logcat -d; logcat -c')
      return [...options.traces(), { in: 'output', where: 'log', bytes: Buffer.from(log) }]
    },
    async [Symbol.asyncDispose]() {
      await session.deleteSession().catch(() => undefined)
      await options.end()
    },
  }
}
