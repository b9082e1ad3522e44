import type { PhoneProfile } from '../../../../harness/contract/controls.ts'
import type { NativeSide } from '../../plugin-side.ts'
import { display, laidOut, type Screen, type View } from '../../virtual-android/phone/view.ts'
import type { InstalledIosApp } from './installed-app.ts'
import { createSimulation } from './simulation.ts'

/** Where the app's page is shown. */
export interface PageHost {
  /** Shows the page of a process that begins. */
  open(pid: number): Promise<void>
  close(pid: number): Promise<void>
}

/** What the system asks in front of everything else. */
export interface Alert {
  /** Tells it from every other. */
  readonly id: string
  readonly text: string
  /** The first dismisses it. */
  readonly buttons: readonly string[]
  /** It has a field that takes the passcode. */
  readonly asksPasscode: boolean
}
export type Orientation = 'PORTRAIT' | 'LANDSCAPE'
/** As XCUITest counts them: 1 does not run, 3 in the background, 4 in front. */
export type AppState = 1 | 3 | 4

/** The iPhone as a whole, as its driver and whoever looks at its screen have it. */
export interface Iphone {
  readonly app: InstalledIosApp
  native(pid: number): NativeSide | null
  appPid(): number | null
  systemVersion(): number
  installed(): boolean
  state(): AppState
  activate(): Promise<void>
  /** Starts the app anew, with this environment. */
  launch(environment: Readonly<Record<string, string>>): Promise<void>
  /** False where it did not run. */
  terminate(): Promise<boolean>
  background(): void
  install(): Promise<void>
  /** False where it was not there. */
  remove(): Promise<boolean>
  clearKeychains(): void
  lock(): void
  unlock(): void
  isLocked(): boolean
  enrolBiometric(enabled: boolean): void
  isBiometricEnrolled(): boolean
  /** Something touches the sensor, or looks into the camera. Nothing happens where nobody is asked. */
  sendBiometricMatch(type: 'touchId' | 'faceId', match: boolean): void
  alert(): Alert | null
  /** False where no alert has that button. */
  tapAlert(button: string): boolean
  /** Types into the field of the alert, and Return. */
  type(text: string): void
  orientation(): Orientation
  turn(to: Orientation): void
  language(): 'en' | 'de'
  setLanguage(to: 'en' | 'de'): void
  screen(): Screen
  takeLog(): readonly string[]
  /** Lets so many milliseconds go by. */
  pass(ms: number): void
  /** Becomes a phone of another kind. False where there is none of that name, or it knows people by something else. */
  become(profile?: PhoneProfile): Promise<boolean>
  /** Becomes a phone that was set up from the backup of this one. */
  restoreOnAnother(): Promise<void>
  stop(): Promise<void>
}

const usualProfile = 'ios-18'
/** The passcode of the phone's owner. */
export const passcode = '1111'
const cancel = 'Cancel'
const enterPasscode = 'Enter Password'

export const createIphone = (app: InstalledIosApp, pages: PageHost, now: () => number): Iphone => {
  const simulation = createSimulation(app.bundleId, now)
  const { phone, prompts } = simulation
  let front: 'home' | 'app' = 'home'
  let orientation: Orientation = 'PORTRAIT'
  let installed = true
  let pids = 700
  let running: { readonly pid: number; readonly native: NativeSide } | null = null

  const toFront = (next: typeof front) => {
    // The system takes prompts of an app down that leaves the front.
    if (front === 'app' && next !== 'app') prompts.interrupt()
    front = next
    simulation.inFront(front === 'app')
  }
  const terminate = async (): Promise<boolean> => {
    const ended = running
    running = null
    ended?.native.end?.()
    simulation.endApp()
    toFront('home')
    if (ended !== null) await pages.close(ended.pid)
    return ended !== null
  }
  simulation.onFall(() => void terminate())
  const activate = async (environment: Readonly<Record<string, string>>): Promise<void> => {
    if (running === null) {
      const pid = ++pids
      running = { pid, native: app.start(simulation.startApp(), environment) }
      await pages.open(pid)
    }
    toFront('app')
  }
  const alert = (): Alert | null => {
    simulation.catchUp()
    const shown = prompts.current()
    if (shown === null) return null
    const text = shown.passcode ? `Enter iPhone passcode for “${app.label}”` : `Touch ID for “${app.label}”`
    return {
      id: `alert-${shown.number}`,
      text,
      buttons: [cancel, ...(shown.hasButton ? [enterPasscode] : [])],
      asksPasscode: shown.passcode,
    }
  }
  const rows = (): readonly View[] => {
    if (phone.locked()) return laidOut([{ class: 'TextView', text: '09:41' }])
    const shown = alert()
    if (shown !== null) {
      const field = { class: 'EditText', text: '', password: true } as const
      return laidOut(
        [
          { class: 'TextView', text: shown.text },
          ...(shown.asksPasscode ? [field] : []),
          ...shown.buttons.map((text) => ({ class: 'Button', text }) as const),
        ],
        1400,
      )
    }
    if (front === 'home') return laidOut([{ class: 'TextView', text: app.label, description: app.label }], 1800)
    const web = { left: 0, top: display.statusBar, right: display.width, bottom: display.height }
    return laidOut([{ class: 'WebView', text: app.label }]).map((view) => ({ ...view, bounds: web }))
  }
  const setLanguage = (to: 'en' | 'de') => {
    if (phone.language() !== to) simulation.act({ control: 'change-language' })
  }
  return {
    app,
    native: (pid) => (running?.pid === pid ? running.native : null),
    appPid: () => running?.pid ?? null,
    systemVersion: phone.systemVersion,
    installed: () => installed,
    state: () => (running === null ? 1 : front === 'app' ? 4 : 3),
    activate: () => activate({}),
    async launch(environment) {
      await terminate()
      await activate(environment)
    },
    terminate,
    background: () => toFront('home'),
    async install() {
      await terminate()
      if (installed) simulation.act({ control: 'update-app' })
      installed = true
    },
    async remove() {
      await terminate()
      const was = installed
      if (was) simulation.act({ control: 'reinstall', backup: false })
      installed = false
      return was
    },
    clearKeychains: simulation.clearItems,
    lock: () => void simulation.act({ control: 'lock-screen' }),
    unlock: () => void simulation.act({ control: 'unlock-screen' }),
    isLocked: () => phone.locked(),
    enrolBiometric(enabled) {
      if (enabled === phone.enrolled() > 0) return
      simulation.act(enabled ? { control: 'enrol', what: 'finger' } : { control: 'unenrol', which: 'all' })
    },
    isBiometricEnrolled: () => phone.enrolled() > 0,
    sendBiometricMatch(type, match) {
      if ((type === 'touchId') !== (phone.profile().biometry === 'touchID')) return
      simulation.act({ control: 'touch', finger: match ? 'right' : 'wrong' })
    },
    alert,
    tapAlert(button) {
      if (alert()?.buttons.includes(button) !== true) return false
      return simulation.act({ control: 'cancel-prompt', by: button === cancel ? 'dismissal' : 'button' })
    },
    type(text) {
      if (alert()?.asksPasscode === true && text === passcode) prompts.answer()
    },
    orientation: () => orientation,
    turn(to) {
      orientation = to
    },
    language: phone.language,
    setLanguage,
    screen: () => ({
      window: alert() === null ? (front === 'app' ? app.bundleId : 'com.apple.springboard') : 'BiometricPrompt',
      package: front === 'app' ? app.bundleId : 'com.apple.springboard',
      views: rows(),
    }),
    takeLog: simulation.takeLog,
    pass: (by) => void simulation.act({ control: 'advance-clock', by }),
    become: async (profile = usualProfile) => simulation.become(profile),
    async restoreOnAnother() {
      await terminate()
      simulation.act({ control: 'change-phone' })
    },
    async stop() {
      await terminate()
      simulation.stop()
    },
  }
}
