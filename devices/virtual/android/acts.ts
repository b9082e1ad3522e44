import type { Control, ControlName } from '../../../harness/contract/controls.ts'
import type { AppProcess, Host } from './app-process.ts'
import { clearLockout, lockedOut, lockoutMs, missesToPermanent, missesToTemporary } from './lockout.ts'
import { enrolTemplate, newRootSid, removeAllTemplates, resetPhone, sensorNames, setUp } from './phone.ts'
import { isAndroidProfile } from './profiles.ts'
import { languages } from './texts.ts'

/** What acts work with: the phone, and its app. */
export interface ActHost extends Host {
  /** The app's process; null where none runs. */
  process(): AppProcess | null
  endProcess(): void
  /** Whether nothing has been done or kept since the device was restored. */
  untouched(): boolean
  /** Remembers how many items of the app a backup brought. */
  restored(items: number): void
}
/** Does it, or says by false that it has no meaning here now. */
export type Act<N extends ControlName> = (host: ActHost, control: Extract<Control, { readonly control: N }>) => boolean
type Acts = { readonly [N in AndroidControl]: Act<N> }

/** Fingers that a phone takes at most; faces: one. */
const mostFingers = 5

/** In the settings nobody can be while the screen is locked; the app leaves the foreground meanwhile. */
const inSettings =
  <C>(act: (host: ActHost, control: C) => boolean) =>
  (host: ActHost, control: C): boolean => {
    if (!host.phone.unlocked) return false
    const done = act(host, control)
    if (done) host.service.takeDown()
    return done
  }

/** The screen lock that keys were bound to is gone. */
const lockLost = ({ keystore, phone }: ActHost): void => {
  keystore.screenLockLost()
  keystore.forgetTokens()
  if (phone.rules.fault === 'screen-lock-wipes') keystore.clear()
}
/** The owner enters the PIN, or there is none to enter. */
const unlock = ({ phone, keystore, clock }: ActHost): void => {
  phone.firstUnlockDone = true
  phone.unlocked = true
  clearLockout(phone.lockout)
  const { rootSid } = phone
  if (rootSid === null) return
  keystore.addToken({
    challenge: null,
    userSid: rootSid,
    authenticatorSid: null,
    by: 'credential',
    at: clock.elapsed(),
  })
}
const start = (host: ActHost, unlocked: boolean): void => {
  const { phone, keystore, clock } = host
  host.endProcess()
  phone.boots += 1
  phone.startedAt = clock.elapsed()
  phone.muted = false
  keystore.forgetTokens()
  phone.firstUnlockDone = false
  phone.unlocked = false
  // Without a PIN there is nothing to keep closed.
  if (unlocked || phone.rootSid === null) unlock(host)
}
const removeApp = (host: ActHost, backup: boolean): void => {
  host.endProcess()
  host.keystore.clear()
  if (backup) {
    host.data.keepBackedUp()
    host.restored(host.data.entries())
  } else host.data.clear()
}

const acts = {
  'kill-app': () => false,
  'advance-clock'({ clock }, { by }) {
    clock.advance(by)
    return true
  },
  'use-phone'(host, { profile }) {
    if (!isAndroidProfile(profile) || !host.untouched()) return false
    resetPhone(host.phone, profile, host.random)
    return true
  },
  enrol: inSettings(({ phone, random }, { what }) => {
    const { templates } = phone.sensors[what]
    const most = what === 'finger' ? mostFingers : phone.rules.faces ? 1 : 0
    if (phone.rootSid === null || templates >= most) return false
    enrolTemplate(phone, what, random)
    return true
  }),
  unenrol: inSettings(({ phone }, { which }) => {
    const { finger } = phone.sensors
    if (which === 'all') {
      if (sensorNames.every((name) => phone.sensors[name].templates === 0)) return false
      removeAllTemplates(phone)
      phone.muted = false
      return true
    }
    if (finger.templates === 0) return false
    finger.templates -= 1
    phone.muted = phone.rules.fault === 'removed-finger-mutes' && finger.templates > 0
    return true
  }),
  touch: ({ service }, { finger }) => service.touch(finger),
  'cancel-prompt': ({ service }, { by }) => service.cancel(by),
  'time-out-prompt': ({ service }) => service.timeOut(),
  'leave-app': ({ service }) => service.takeDown(),
  'forge-match': ({ service }) => service.forge(),
  'lock-out'({ phone, clock, service }, { how }) {
    const { lockout, sensors } = phone
    const now = clock.elapsed()
    const before = lockedOut(lockout, now)
    const toTemporary = lockout.misses + missesToTemporary - (lockout.misses % missesToTemporary)
    const nobody = sensorNames.every((name) => sensors[name].templates === 0)
    if (nobody || before === 'permanent') return false
    if (how === 'temporary' && (before !== 'no' || toTemporary >= missesToPermanent)) return false
    service.takeDown()
    lockout.misses = how === 'temporary' ? toTemporary : missesToPermanent
    if (how === 'temporary') lockout.until = now + lockoutMs
    return true
  },
  'change-screen-lock'(host, { old }) {
    const { phone, keystore, random, service } = host
    if (phone.rootSid === null || (old === 'proven' && !phone.unlocked)) return false
    service.takeDown()
    if (old === 'unproven') {
      newRootSid(phone, random)
      lockLost(host)
    } else if (phone.rules.fault === 'screen-lock-wipes') keystore.clear()
    return true
  },
  'remove-screen-lock': inSettings((host) => {
    const { phone, keystore } = host
    if (phone.rootSid === null) return false
    phone.rootSid = null
    removeAllTemplates(phone)
    phone.muted = false
    clearLockout(phone.lockout)
    lockLost(host)
    if (phone.rules.fault === 'unlocked-device-keys-deleted') keystore.deleteUnlockedDeviceKeys()
    return true
  }),
  'set-screen-lock': inSettings(({ phone, random, keystore }) => {
    if (phone.rootSid !== null) return false
    newRootSid(phone, random)
    enrolTemplate(phone, 'finger', random)
    if (phone.rules.fault === 'screen-lock-wipes') keystore.clear()
    return true
  }),
  'lock-screen'({ phone, service }) {
    if (phone.rootSid === null || !phone.unlocked) return false
    phone.unlocked = false
    service.takeDown()
    return true
  },
  'unlock-screen'(host) {
    if (host.phone.unlocked) return false
    unlock(host)
    return true
  },
  reboot(host, { unlocked }) {
    start(host, unlocked)
    return true
  },
  rotate(host) {
    const process = host.process()
    process?.rotate()
    return process !== null
  },
  'clear-data'(host) {
    host.endProcess()
    host.keystore.clear()
    host.data.clear()
    return true
  },
  reinstall(host, { backup }) {
    removeApp(host, backup)
    return true
  },
  'change-phone'(host) {
    removeApp(host, true)
    setUp(host.phone, host.random)
    return true
  },
  'update-app'(host) {
    host.endProcess()
    return true
  },
  'update-system'(host) {
    const { phone, keystore } = host
    phone.updates += 1
    // The first breaks what is there, the second mends it, as the vendor's next update did.
    if (phone.rules.fault === 'update-breaks-keys' && phone.updates <= 2) keystore.setBroken(phone.updates === 1)
    start(host, true)
    return true
  },
  'change-language'({ phone }) {
    phone.language = languages[(languages.indexOf(phone.language) + 1) % languages.length] ?? phone.language
    return true
  },
} satisfies { readonly [N in ControlName]?: Act<N> }

export const androidControls = Object.keys(acts) as readonly (keyof typeof acts)[]
export type AndroidControl = keyof typeof acts

/** Does what the control says, or answers false where it has no meaning. */
export const act = (host: ActHost, control: Control): boolean => {
  if (!(control.control in acts)) return false
  const doing = (acts as Acts)[control.control as AndroidControl] as (host: ActHost, control: Control) => boolean
  return doing(host, control)
}
