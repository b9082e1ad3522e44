import type { Control, ControlName } from '../../../harness/contract/controls.ts'
import type { VirtualClock } from '../../simulation/clock.ts'
import type { Items } from './items.ts'
import type { Phone } from './phone.ts'
import { type IosProfile, iosProfiles } from './profiles.ts'
import type { PhonePrompts } from './prompts.ts'

/** Auto-lock: a screen that nobody touches goes dark after so many milliseconds. */
export const autoLockMs = 30_000

/** What can be done to an iPhone. There is no `rotate`, since no activity dies, and no `clear-data`. */
export const iosControls: readonly ControlName[] = [
  'use-phone',
  'kill-app',
  'advance-clock',
  'enrol',
  'unenrol',
  'touch',
  'cancel-prompt',
  'time-out-prompt',
  'leave-app',
  'forge-match',
  'lock-out',
  'change-screen-lock',
  'remove-screen-lock',
  'set-screen-lock',
  'lock-screen',
  'unlock-screen',
  'reboot',
  'reinstall',
  'change-phone',
  'update-app',
  'update-system',
  'change-language',
]

export interface ControlParts {
  readonly phone: Phone
  readonly prompts: PhonePrompts
  readonly items: Items
  readonly clock: VirtualClock
  /** The app's defaults on the disk, and how many of its items a backup gives to another phone. */
  readonly defaults: () => Map<string, string>
  readonly inBackup: () => number
  readonly restored: (items: number) => void
  readonly started: () => void
  readonly updated: () => void
}

/** Does a control, or says that it has no meaning now. `isFirst`: nothing was done to the phone before. */
export const createControls = (parts: ControlParts): ((control: Control, isFirst: boolean) => boolean) => {
  const { phone, prompts, items, clock } = parts
  /** Settings are another app: ours leaves the foreground, and the system takes its prompt down. */
  const inSettings = (change: () => boolean): boolean => {
    if (phone.locked() || !change()) return false
    prompts.interrupt()
    return true
  }
  const enrolmentChange = (change: () => boolean): boolean =>
    inSettings(() => {
      const before = phone.enrolled()
      if (!change()) return false
      items.enrolmentChanged(before === 0 && phone.enrolled() > 0)
      return true
    })
  const start = (unlocked: boolean) => {
    phone.restart(unlocked)
    parts.started()
    return true
  }

  return (control, isFirst) => {
    switch (control.control) {
      case 'use-phone': {
        const profile = (iosProfiles as Partial<Record<string, IosProfile>>)[control.profile]
        if (profile === undefined || !isFirst) return false
        phone.become(profile)
        return true
      }
      case 'advance-clock':
        clock.advance(control.by)
        return true
      case 'enrol':
        return enrolmentChange(() => phone.enrol(control.what))
      case 'unenrol':
        return enrolmentChange(() => phone.unenrol(control.which))
      case 'touch':
        return prompts.touch(control.finger)
      case 'cancel-prompt':
        return prompts.cancel(control.by)
      case 'time-out-prompt':
        if (!prompts.up()) return false
        // No prompt of iOS ends by itself: the screen goes dark over it. Then the person comes back.
        clock.advance(autoLockMs)
        phone.lock()
        prompts.interrupt()
        phone.unlock()
        return true
      case 'leave-app':
        return prompts.interrupt()
      case 'forge-match':
        return prompts.forge()
      case 'lock-out':
        // A lockout that passes by itself is not to be had: there is only the one that the passcode ends.
        if (control.how === 'temporary' || !phone.lockOut()) return false
        prompts.interrupt()
        return true
      case 'change-screen-lock':
        return inSettings(phone.hasPasscode)
      case 'set-screen-lock':
        return enrolmentChange(phone.setPasscode)
      case 'remove-screen-lock':
        return enrolmentChange(() => {
          if (!phone.removePasscode()) return false
          items.passcodeRemoved()
          return true
        })
      case 'lock-screen':
        if (!phone.lock()) return false
        prompts.interrupt()
        return true
      case 'unlock-screen':
        return phone.unlock()
      case 'reboot':
        return start(control.unlocked)
      case 'update-system':
        phone.updateSystem()
        return start(true)
      case 'reinstall':
        if (phone.locked()) return false
        if (control.backup) parts.restored(parts.inBackup())
        else parts.defaults().clear()
        return true
      case 'change-phone':
        parts.restored(parts.inBackup())
        phone.replace()
        items.moved()
        parts.started()
        return true
      case 'update-app':
        parts.updated()
        return true
      case 'change-language':
        return inSettings(() => {
          phone.changeLanguage()
          return true
        })
      default:
        return false
    }
  }
}
