import { setTimeout as sleep } from 'node:timers/promises'
import { type Frame, PageGone } from '../driven-phone.ts'
import type { DriverSession } from '../driver-session.ts'
import { exchangeInPage } from '../page-exchange.ts'
import { PhoneUnavailable } from '../phone-unavailable.ts'
import { type AndroidHand, androidHand } from './android-hand.ts'
import type { PhoneState } from './phone-state.ts'

/** The session with the driver, and the app that it looks at: in its page, or at the native part of the screen. */
export interface AppSession {
  readonly hand: AndroidHand
  /** Whether the app was started and not stopped since. */
  running(): boolean
  /** To the home screen, and back to the app where it runs. What is seen then is what `hand.state()` tells next. */
  backToApp(): Promise<void>
  showApp(): Promise<void>
  /** Starts the app anew, with these texts in its intent. */
  launch(extras: Readonly<Record<string, string>>): Promise<void>
  killApp(): Promise<void>
  /** The app was ended by other means. */
  appGone(): void
  exchange(lines: readonly string[], waitMs: number): Promise<readonly string[]>
  inPage(script: string, ...args: readonly string[]): Promise<unknown>
  turn(landscape: boolean): Promise<void>
  film(doing: () => Promise<void>): Promise<readonly Frame[]>
  /** Leaves this session for another, after `up`. */
  reopen(up: () => Promise<void>): Promise<void>
  /** What the phone tells of itself, by another session where this one is lost. */
  found(): Promise<PhoneState>
  close(): Promise<void>
}

export interface AppSessionOptions {
  /** Opens a session. Called again after a restart, and where one is lost. */
  readonly open: () => Promise<DriverSession>
  readonly package: string
  /** `.MainActivity`. */
  readonly activity: string
}

const native = 'NATIVE_APP'
/** The first page of an app needs a while. Milliseconds. */
const pageMs = 10_000
const lookMs = 50

export const openAppSession = async ({ open, package: app, activity }: AppSessionOptions): Promise<AppSession> => {
  let session = await open()
  /** `gone`: the driver is still at a webview that died, and must be told to leave it. */
  let context: string = native
  let running = false
  /** Pictures that are taken just now. */
  let film: Frame[] | null = null

  const toContext = async (to: string) => {
    if (context === to) return
    hand.forget()
    await session.switchAppiumContext(to)
    context = to
  }
  const seen = async (caption: () => Promise<string>): Promise<void> => {
    if (film === null) return
    const told = await caption()
    await toContext(native)
    const png = Buffer.from(await session.takeScreenshot(), 'base64')
    const last = film.at(-1)
    if (last?.caption !== told || !png.equals(last.png)) film.push({ caption: told, png })
  }
  const hand = androidHand(
    () => session,
    () => toContext(native),
    seen,
  )
  const start = `am start -W -n ${app}/${activity}`
  const toPage = async () => {
    if (context === 'gone') await toContext(native)
    for (const until = performance.now() + pageMs; ; await sleep(lookMs)) {
      try {
        return await toContext(`WEBVIEW_${app}`)
      } catch (error) {
        if (performance.now() > until) throw noWebview(app, error)
      }
    }
  }
  const appGone = () => {
    running = false
    if (context !== native) context = 'gone'
  }
  const reopen = async (up: () => Promise<void>) => {
    running = false
    hand.forget()
    await session.deleteSession().catch(() => undefined)
    await up()
    session = await open()
    context = native
  }
  const killApp = async () => {
    await hand.shell(`am force-stop ${app}`)
    appGone()
  }
  return {
    hand,
    running: () => running,
    async backToApp() {
      await hand.stateAfter(`input keyevent 3${running ? `; ${start}` : ''}`)
    },
    async showApp() {
      await hand.shell(start)
      running = true
      await toPage()
    },
    async launch(extras) {
      await killApp()
      const told = Object.entries(extras).map(([name, text]) => ` --es ${name} '${text}'`)
      await hand.shell(`${start}${told.join('')}`)
      running = true
    },
    killApp,
    appGone,
    async exchange(lines, waitMs) {
      if (!running) throw new PageGone('the app was stopped')
      hand.forget()
      await toPage()
      try {
        return await exchangeInPage(session, lines, waitMs)
      } catch (error) {
        if (error instanceof PageGone) appGone()
        throw error
      }
    },
    async inPage(script, ...args) {
      hand.forget()
      await toPage()
      return session.executeScript(script, [...args])
    },
    async turn(landscape) {
      hand.forget()
      await toContext(native)
      await session.setOrientation(landscape ? 'LANDSCAPE' : 'PORTRAIT')
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
    reopen,
    async found() {
      // Between programs anything may have happened.
      hand.forget()
      try {
        return await hand.state()
      } catch {
        await reopen(async () => undefined)
        return hand.state()
      }
    },
    close: () => session.deleteSession().catch(() => undefined),
  }
}

const noWebview = (app: string, error: unknown): PhoneUnavailable => {
  const why = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
  return new PhoneUnavailable(
    /chromedriver/i.test(why)
      ? `No chromedriver fits the webview of ${app}: ${why}`
      : `The app ${app} shows no webview that can be looked into: switch its debugging on (setWebContentsDebuggingEnabled).`,
  )
}
