// Longer than 300 lines: all that is done to the phone shares one session, one page and what was counted.
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Control } from '../../../harness/contract/controls.ts'
import { endsApp, restoring } from '../../../harness/contract/restoring.ts'
import { type Applied, type DrivenPhone, done, PageGone, skipped } from '../driven-phone.ts'
import { lacksOf } from '../lacking.ts'
import { exchangeInPage } from '../page-exchange.ts'
import { PhoneUnavailable } from '../phone-unavailable.ts'
import { iosHand } from './ios-hand.ts'
import type { IosOptions } from './ios-options.ts'

const native = 'NATIVE_APP'
/** How long a prompt takes to go once it was answered, and the first page of an app to come. Milliseconds. */
const goesMs = 1500
const pageMs = 10_000
const lookMs = 30
/** After how long a screen that nobody touches goes dark, and how long is waited at most. Milliseconds. */
const darkMs = 31_000
const mostWaitedMs = 60_000
/** How long a script may wait before it calls back. Milliseconds. */
const scriptMs = 30_000
/** Misses in a row after which only the passcode helps. */
const missesToLockOut = 5
/** The app's process ended, and with it what it waited for. */
const ended: Applied = { result: 'done', prompt: 'lost' }
const contextsSchema = z.array(z.looseObject({ id: z.string(), bundleId: z.string().optional() }))

/**
 * Drives a simulator of Apple's, or the virtual iPhone, by XCUITest's commands. Enrolment there is one switch: none
 * enrolled, or somebody. There is no second finger, no passcode to change, and no restart.
 */
export const iosSimulator = async (options: IosOptions): Promise<DrivenPhone> => {
  const { bundleId, passcode } = options
  let context = native
  let running = false
  let landscape = false
  let german = false
  /** Wrong touches since the phone last knew somebody. */
  let misses = 0
  /** Milliseconds that went by on the phone alone. */
  let passed = 0
  let otherKind = false
  const { newer, pass, useKind, restoreOnAnother } = options.beyond ?? {}
  const opened = async () => {
    const made = await options.open()
    await made.setTimeouts(undefined, undefined, scriptMs)
    context = native
    return made
  }
  let session = await opened()
  const toContext = async (to: string) => {
    if (context === to) return
    await session.switchAppiumContext(to)
    context = to
  }
  const hand = iosHand(
    () => session,
    () => toContext(native),
    options.feature,
  )
  let page: string | null = null
  /** The page of the app's process, by what the driver tells of it: its name is another for each process. */
  const toPage = async () => {
    for (const until = performance.now() + pageMs; page === null; await sleep(lookMs)) {
      const contexts = contextsSchema.parse(await hand.mobile('getContexts', { waitForWebviewMs: 0 }))
      page = contexts.find((one) => one.bundleId === bundleId)?.id ?? null
      if (page === null && performance.now() > until)
        throw new PhoneUnavailable(
          `The app ${bundleId} shows no web view that can be looked into: set isInspectable on its WKWebView.`,
        )
    }
    await toContext(page)
  }
  const activate = async () => {
    await hand.mobile('activateApp', { bundleId })
    running = true
  }
  const killApp = async () => {
    running = false
    page = null
    await toContext(native)
    await hand.mobile('terminateApp', { bundleId })
  }
  const goneFrom = async (before: string): Promise<boolean> => {
    for (const until = performance.now() + goesMs; ; await sleep(lookMs)) {
      if ((await hand.alert()) !== before) return true
      if (performance.now() > until) return false
    }
  }
  const setEnrolled = async (isEnabled: boolean): Promise<Applied> => {
    if ((await hand.isEnrolled()) === isEnabled) return skipped
    await hand.mobile('enrollBiometric', { isEnabled })
    if ((await hand.isEnrolled()) !== isEnabled) return skipped
    misses = 0
    return { result: 'done', prompt: 'system-cancelled' }
  }
  const touch = async (finger: 'right' | 'wrong'): Promise<Applied> => {
    const before = await hand.alert()
    if (before === null || !(await hand.isEnrolled()) || (await hand.asksPasscode())) return skipped
    await hand.match(finger === 'right')
    if (finger === 'right') {
      misses = 0
      // One that asks for the passcode too stays, and was touched all the same.
      if (await hand.asksPasscode()) return done
      return (await goneFrom(before)) ? { result: 'done', prompt: 'matched' } : skipped
    }
    misses++
    return { result: 'done', missed: true, prompt: misses >= missesToLockOut ? 'locked-out-for-good' : 'exhausted' }
  }
  const answerPrompt = async (): Promise<boolean> => {
    const before = await hand.alert()
    if (before === null) return true
    if ((await touch('right')).prompt === 'matched') return true
    if (passcode === null) return false
    await hand.enterPasscode(passcode)
    misses = 0
    return goneFrom(before)
  }
  const setLanguage = async (to: 'de' | 'en') => {
    await hand.mobile('configureLocalization', {
      language: { name: to },
      locale: { name: to === 'de' ? 'de_DE' : 'en_US' },
    })
    german = to === 'de'
  }
  const setLandscape = async (to: boolean) => {
    await toContext(native)
    await session.setOrientation(to ? 'LANDSCAPE' : 'PORTRAIT')
    landscape = to
  }
  const installAnew = async (app: string | null) => {
    await killApp()
    if (app === null) return
    await hand.mobile('removeApp', { bundleId })
    await hand.mobile('installApp', { app })
  }
  const letPass = async (ms: number) => {
    if (pass === undefined) return sleep(ms)
    await pass(ms)
    passed += ms
  }
  /** Another phone is in its place, and the app does not run on it. */
  const isNew = () => {
    running = false
    page = null
    misses = 0
  }
  /** Items of the keychain outlive their app. */
  const clearData = async () => {
    await installAnew(options.app)
    await hand.mobile('clearKeychains')
  }
  const ways = restoring(options.restores.filter((way) => way !== 'reinstall' || options.app !== null))
  const acts: {
    readonly [N in Control['control']]?: (control: Extract<Control, { readonly control: N }>) => Promise<Applied>
  } = {
    enrol: ({ what }) => (what === 'finger' ? setEnrolled(true) : Promise.resolve(skipped)),
    // One is all there is.
    unenrol: () => setEnrolled(false),
    touch: ({ finger }) => touch(finger),
    async 'cancel-prompt'({ by }) {
      const before = await hand.alert()
      if (before === null) return skipped
      const [cancel, own] = await hand.buttons()
      const button = by === 'dismissal' ? cancel : own
      if (button === undefined) return skipped
      await hand.tapButton(button)
      if ((await hand.alert()) === before && by === 'button') return done
      return (await goneFrom(before))
        ? { result: 'done', prompt: by === 'dismissal' ? 'dismissed' : 'button' }
        : skipped
    },
    async 'leave-app'() {
      if ((await hand.alert()) === null) return skipped
      await hand.mobile('backgroundApp', { seconds: -1 })
      if (running) await activate()
      return { result: 'done', prompt: 'system-cancelled' }
    },
    async 'lock-screen'() {
      if (await hand.isLocked()) return skipped
      await hand.mobile('lock')
      return { result: 'done', prompt: 'system-cancelled' }
    },
    async 'unlock-screen'() {
      if (!(await hand.isLocked())) return skipped
      await hand.mobile('unlock')
      misses = 0
      return done
    },
    async rotate() {
      if (!running) return skipped
      await setLandscape(!landscape)
      return done
    },
    async 'change-language'() {
      await setLanguage(german ? 'en' : 'de')
      if (running) await activate()
      return { result: 'done', prompt: 'system-cancelled' }
    },
    async 'advance-clock'({ by }) {
      if (by < 0 || (pass === undefined && by > mostWaitedMs)) return skipped
      await letPass(by)
      return done
    },
    // No prompt of iOS ends by itself: the screen goes dark over it. Then the person comes back.
    async 'time-out-prompt'() {
      if ((await hand.alert()) === null) return skipped
      await letPass(darkMs)
      await hand.mobile('lock')
      await hand.mobile('unlock')
      return { result: 'done', prompt: 'system-cancelled' }
    },
    ...(options.app !== null && {
      async reinstall({ backup }) {
        if (backup || (await hand.isLocked())) return skipped
        await installAnew(options.app)
        return ended
      },
    }),
    ...(newer !== undefined && {
      async 'update-app'() {
        await killApp()
        await hand.mobile('installApp', { app: newer })
        return ended
      },
    }),
    ...(restoreOnAnother !== undefined && {
      async 'change-phone'() {
        await killApp()
        await restoreOnAnother()
        isNew()
        return ended
      },
    }),
    ...(useKind !== undefined && {
      async 'use-phone'({ profile }) {
        otherKind = await useKind(profile)
        misses = 0
        return otherKind ? done : skipped
      },
    }),
  }
  /** A session that was lost is opened again between programs; what was in the middle of one is lost there. */
  const reopened = async (): Promise<boolean> => {
    try {
      return await hand.isLocked()
    } catch {
      await session.deleteSession().catch(() => undefined)
      session = await opened()
      running = false
      page = null
      return hand.isLocked()
    }
  }
  const restore = async () => {
    if (otherKind) await useKind?.()
    otherKind = false
    if (await reopened()) await hand.mobile('unlock')
    const [cancel] = (await hand.alert()) === null ? [] : await hand.buttons()
    if (cancel !== undefined) await hand.tapButton(cancel)
    if (german) await setLanguage('en')
    if (landscape) await setLandscape(false)
    await setEnrolled(true)
    if (misses > 0) {
      // The passcode on the lock screen ends a lockout, and forgets what was counted on the way to one.
      await hand.mobile('lock')
      await hand.mobile('unlock')
      misses = 0
    }
    if (endsApp(ways.way())) await clearData()
    if (!(await hand.isEnrolled()) || (await hand.isLocked()))
      throw new Error('the phone could not be put back to enrolled biometry and an unlocked screen: do that by hand')
  }
  const controls = new Set([...(Object.keys(acts) as Control['control'][]), 'kill-app' as const])
  return {
    controls,
    lacks: lacksOf(options.kind ?? 'ios-simulator', controls),
    async showApp() {
      await activate()
      await toPage()
    },
    killApp,
    async launch(environment) {
      page = null
      await toContext(native)
      await hand.mobile('launchApp', { bundleId, environment })
      running = true
    },
    async exchange(lines, waitMs) {
      if (!running) throw new PageGone('the app was stopped')
      try {
        await toPage()
      } catch (cause) {
        // The driver knows the page that was asked no more: its process ended, whoever ended it.
        if (!(cause instanceof Error && /no such context/i.test(cause.message))) throw cause
        running = false
        page = null
        throw new PageGone('the page of the app is gone', { cause })
      }
      return exchangeInPage(session, lines, waitMs, 'callback')
    },
    async inPage(script, ...args) {
      await toPage()
      return session.executeAsyncScript(
        `const given = [...arguments], answer = given.pop(); (function () { ${script} })(...given).then(answer, (error) => answer(String(error)))`,
        [...args],
      )
    },
    prompt: hand.alert,
    answerPrompt,
    async apply(control) {
      const doing = acts[control.control] as ((control: Control) => Promise<Applied>) | undefined
      return doing === undefined ? skipped : doing(control)
    },
    restore,
    restoring: ways,
    boots: () => 0,
    passed: () => passed,
    software: options.software,
    async traces() {
      const log = z.array(z.looseObject({ message: z.string() })).parse(await session.getLogs('syslog'))
      return [
        ...options.traces(),
        { in: 'output', where: 'log', bytes: Buffer.from(log.map(({ message }) => message).join('\n')) },
      ]
    },
    async [Symbol.asyncDispose]() {
      await session.deleteSession().catch(() => undefined)
      await options.end()
    },
  }
}
