import { lockedOut } from '../../../virtual/android/lockout.ts'
import type { VirtualPhone } from '../phone/virtual-phone.ts'
import { packages } from './package-manager.ts'
import { printed, type ShellProgram } from './program.ts'

const windows = (phone: VirtualPhone): string => {
  const { window } = phone.screen()
  const prompt = phone.simulation.host.service.current()?.id ?? -1
  const locked = !phone.simulation.host.phone.unlocked || !phone.awake()
  // Each prompt is a window of its own.
  const focus = `Window{${(0x1a2b3c + prompt).toString(16)} u0 ${window}}`
  const app = window.includes('/') ? `ActivityRecord{4d5e6f u0 ${window} t7}` : 'null'
  return [
    'WINDOW MANAGER DISPLAY CONTENTS (dumpsys window displays)',
    `  mCurrentFocus=${focus}`,
    `  mFocusedApp=${app}`,
    `  mDreamingLockscreen=false mShowingLockscreen=${locked} isKeyguardShowing=${locked}`,
    '    KeyguardStateMonitor',
    `      mIsShowing=${locked}`,
    `    mInputRestricted=${locked}`,
    `    screenState=SCREEN_STATE_${phone.awake() ? 'ON' : 'OFF'}`,
    `    mScreenOnFully=${phone.awake()}`,
  ].join('\n')
}

const packageOf = (name: string, phone: VirtualPhone): string => {
  const code = packages(phone).get(name)
  if (code === undefined) return `Unable to find package: ${name}`
  return [
    'Packages:',
    `  Package [${name}] (7a8b9c):`,
    '    userId=10100',
    `    versionCode=${code} minSdk=26 targetSdk=34`,
    `    versionName=${code >= 999_999 ? '999.0.0' : `${code}.0`}`,
    '    flags=[ HAS_CODE ALLOW_CLEAR_USER_DATA ]',
    '    runtime permissions:',
  ].join('\n')
}

const fingerprint = (phone: VirtualPhone): string => {
  const { host } = phone.simulation
  const out = lockedOut(host.phone.lockout, host.clock.elapsed())
  const user = {
    id: 0,
    count: phone.owner.fingers.size,
    reject: phone.rejected(),
    lockout: out === 'temporary' ? 1 : 0,
    permanentLockout: out === 'permanent' ? 1 : 0,
  }
  return JSON.stringify({ service: 'Fingerprint Manager', prints: [user] })
}

/** `dumpsys`: what services say of themselves. */
export const dumpsys: ShellProgram = ([service = '', ...args], phone) => {
  switch (service) {
    case 'window':
      return printed(windows(phone))
    case 'package':
      return printed(packageOf(args[0] ?? '', phone))
    case 'fingerprint':
      return printed(fingerprint(phone))
    case 'power':
      return printed(`  mWakefulness=${phone.awake() ? 'Awake' : 'Asleep'}`)
    case 'activity':
      return printed(
        args[0] === 'services'
          ? 'ACTIVITY MANAGER SERVICES (dumpsys activity services)\n  * ServiceRecord{1 u0 io.appium.settings/.ForegroundService}\n    isForeground=true foregroundId=1'
          : '',
      )
    case 'input_method':
      return printed('mInputShown=false')
    default:
      return printed(`Can't find service: ${service}`, 1)
  }
}
