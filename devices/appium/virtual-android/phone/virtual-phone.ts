import { setTimeout as sleep } from 'node:timers/promises'
import { authenticators } from '../../../../harness/contract/platforms/android.ts'
import { lockedOut } from '../../../virtual/android/lockout.ts'
import { newRootSid } from '../../../virtual/android/phone.ts'
import type { InstalledApp, NativeSide } from './installed-app.ts'
import { properties } from './properties.ts'
import { createSettingsApp, type Owner } from './settings-app.ts'
import { createSimulation, type Simulation } from './simulation.ts'
import { darkScreen, homeScreen, keyguard, promptScreen } from './system-ui.ts'
import { display, laidOut, type Screen } from './view.ts'

/** Where the app's page is shown. */
export interface PageHost {
  /** Shows the page of a process that begins. */
  open(pid: number, app: InstalledApp): Promise<void>
  close(pid: number): Promise<void>
}

/** A process that runs on the phone. */
export interface RunningProcess {
  readonly pid: number
  readonly name: string
}

/** The phone as a whole, as adb, the console and whoever looks at its screen have it. */
export interface VirtualPhone {
  readonly simulation: Simulation
  readonly owner: Owner
  readonly app: InstalledApp
  properties(): Readonly<Record<string, string>>
  processes(): readonly RunningProcess[]
  /** The app's native side, by its process; null where that is gone. */
  native(pid: number): NativeSide | null
  appPid(): number | null
  screen(): Screen
  awake(): boolean
  landscape(): boolean
  turn(landscape: boolean): void
  /** @param extras texts of the intent, which a process that begins is told */
  startApp(extras?: Readonly<Record<string, string>>): Promise<void>
  stopApp(): Promise<void>
  uninstallApp(): Promise<void>
  appInstalled(): boolean
  installApp(): Promise<void>
  clearApp(): Promise<void>
  openSettings(action: string): boolean
  /** A prompt of the system's own, for PIN or finger, as apps ask the keyguard for it. */
  confirmCredential(): boolean
  key(name: string): void
  type(text: string): void
  tap(x: number, y: number): void
  touch(finger: number): void
  /** Null where the old PIN is wrong; else done. */
  setPin(old: string | null, pin: string | null): boolean
  setLanguage(language: 'en' | 'de'): void
  /** The automation server runs or does not. */
  readonly automation: { running: boolean }
  /** Whether a backup of the app was taken, which an installation after a removal gives back. */
  readonly backup: { taken: boolean; transport: string }
  /** Whether a newer system is there, which the next restart begins with. */
  readonly systemUpdate: { pending: boolean }
  /** Touches of a prompt by fingers that are not known, since the phone started. */
  rejected(): number
  /** Asks for a restart, which its parts outside take part in too. */
  askToRestart(): void
  onRestart(listen: () => void): void
  /** Restarts: everything ends, and the screen is locked where there is a PIN. */
  reboot(): Promise<void>
  stop(): Promise<void>
}

type Front = 'home' | 'app' | 'settings'
/** The phone of a new owner. */
export const firstPin = '1111'
const bootMs = 200

export const createVirtualPhone = (app: InstalledApp, pages: PageHost, now: () => number): VirtualPhone => {
  const simulation = createSimulation(now)
  const { phone, service, clock } = simulation.host
  const owner: Owner = { pin: firstPin, fingers: new Set([1]) }
  const automation = { running: false }
  const backup = { taken: false, transport: 'com.google.android.gms/.backup.BackupTransportService' }
  const systemUpdate = { pending: false }
  let front: Front = 'home'
  let awake = true
  let landscape = false
  let typed = ''
  let missed = false
  let rejected = 0
  let restart = () => {}
  let installed = true
  let pids = 4000
  let running: { readonly pid: number; readonly native: NativeSide } | null = null

  const toFront = (next: Front) => {
    if (front === 'app' && next !== 'app') service.takeDown()
    front = next
    typed = ''
    simulation.inFront(next === 'app')
  }
  const settings = createSettingsApp(simulation, owner, () => toFront('home'))
  const startApp = async (extras: Readonly<Record<string, string>> = {}) => {
    if (running === null) {
      const pid = ++pids
      running = { pid, native: app.start(simulation.startApp(), extras) }
      await pages.open(pid, app)
    }
    toFront('app')
  }
  const stopApp = async () => {
    const ended = running
    running = null
    ended?.native.end?.()
    simulation.endApp()
    if (front === 'app') toFront('home')
    if (ended !== null) await pages.close(ended.pid)
  }
  const unlock = () => {
    if (typed === owner.pin) simulation.act({ control: 'unlock-screen' })
    typed = ''
  }
  const screen = (): Screen => {
    if (!awake) return darkScreen
    if (!phone.unlocked) return keyguard(typed)
    const prompt = service.current()
    if (prompt !== null) return promptScreen(prompt, simulation, missed, typed)
    missed = false
    if (front === 'settings') return settings.screen()
    if (front === 'home') return homeScreen(app.label, () => void startApp())
    const web = { left: 0, top: display.statusBar, right: display.width, bottom: display.height }
    const page = laidOut([{ class: 'WebView', text: app.label }]).map((view) => ({ ...view, bounds: web }))
    return { window: `${app.package}/${app.package}.MainActivity`, package: app.package, views: page }
  }
  const sleepNow = () => {
    awake = false
    service.takeDown()
    simulation.act({ control: 'lock-screen' })
  }
  const enter = () => {
    if (!phone.unlocked) unlock()
    else if (service.up()) {
      if (typed === owner.pin) service.enterPin()
      typed = ''
    } else if (front === 'settings') settings.enter()
  }
  const back = () => {
    if (service.up()) service.cancel('dismissal')
    else if (front === 'settings' && settings.back()) return
    else if (front !== 'home') toFront('home')
  }
  const keys: Readonly<Record<string, () => void>> = {
    ENTER: enter,
    BACK: back,
    HOME: () => toFront('home'),
    POWER: () => {
      if (awake) sleepNow()
      else awake = true
    },
    SLEEP: sleepNow,
    WAKEUP: () => {
      awake = true
    },
    DEL: () => {
      typed = typed.slice(0, -1)
    },
  }
  return {
    simulation,
    owner,
    app,
    automation,
    backup,
    systemUpdate,
    properties: () => properties(phone.rules.api, phone.language),
    processes: () => [
      { pid: 1, name: 'init' },
      { pid: 612, name: 'com.android.systemui' },
      { pid: 933, name: 'io.appium.settings' },
      ...(automation.running ? [{ pid: 1200, name: 'io.appium.uiautomator2.server' }] : []),
      ...(running === null ? [] : [{ pid: running.pid, name: app.package }]),
    ],
    native: (pid) => (running?.pid === pid ? running.native : null),
    appPid: () => running?.pid ?? null,
    screen() {
      simulation.catchUp()
      return screen()
    },
    awake: () => awake,
    landscape: () => landscape,
    turn(to) {
      if (to === landscape) return
      landscape = to
      simulation.act({ control: 'rotate' })
    },
    startApp,
    stopApp,
    appInstalled: () => installed,
    async installApp() {
      await stopApp()
      if (installed) simulation.act({ control: 'update-app' })
      installed = true
    },
    async uninstallApp() {
      await stopApp()
      // A backup is taken just before: what it holds is what is there now.
      simulation.act({ control: 'reinstall', backup: backup.taken })
      backup.taken = false
      installed = false
    },
    async clearApp() {
      await stopApp()
      simulation.act({ control: 'clear-data' })
    },
    openSettings(action) {
      if (!phone.unlocked || !settings.open(action)) return false
      toFront('settings')
      return true
    },
    confirmCredential() {
      if (!phone.unlocked || owner.pin === null) return false
      toFront('home')
      service.show({
        owner: { promptSucceeded() {}, promptFailed() {}, promptMissed() {} },
        info: {
          title: "Verify it's you",
          allowedAuthenticators: authenticators.strong | authenticators.deviceCredential,
        },
        crypto: null,
        challenge: null,
      })
      return true
    },
    key(name) {
      simulation.catchUp()
      keys[name]?.()
    },
    type(text) {
      simulation.catchUp()
      if (!phone.unlocked || service.up()) typed += text
      else if (front === 'settings') settings.type(text)
    },
    tap(x, y) {
      const hit = screen().views.findLast(
        ({ bounds }) => x >= bounds.left && x < bounds.right && y >= bounds.top && y < bounds.bottom,
      )
      hit?.tap?.()
    },
    touch(finger) {
      simulation.catchUp()
      const known = owner.fingers.has(finger)
      if (!awake) awake = true
      if (!phone.unlocked) {
        // After a start the PIN comes first; afterwards a finger will do, unless it is locked out.
        if (phone.firstUnlockDone && known && lockedOut(phone.lockout, clock.elapsed()) === 'no')
          simulation.act({ control: 'unlock-screen' })
        return
      }
      if (service.up()) {
        missed = service.touch(known ? 'right' : 'wrong') && !known
        if (missed) rejected += 1
      } else if (front === 'settings') settings.touch(finger)
    },
    setPin(old, pin) {
      if (owner.pin !== null && old !== owner.pin) return false
      if (pin === null) {
        if (owner.pin !== null) simulation.act({ control: 'remove-screen-lock' })
        owner.fingers.clear()
      } else if (owner.pin === null) newRootSid(phone, simulation.host.random)
      else simulation.act({ control: 'change-screen-lock', old: 'proven' })
      owner.pin = pin
      return true
    },
    rejected: () => rejected,
    setLanguage(language) {
      phone.language = language
    },
    askToRestart: () => restart(),
    onRestart(listen) {
      restart = listen
    },
    async reboot() {
      await stopApp()
      automation.running = false
      service.takeDown()
      if (systemUpdate.pending) simulation.act({ control: 'update-system' })
      systemUpdate.pending = false
      simulation.act({ control: 'reboot', unlocked: false })
      front = 'home'
      typed = ''
      awake = true
      rejected = 0
      await sleep(bootMs)
    },
    async stop() {
      await stopApp()
      simulation.stop()
    },
  }
}
