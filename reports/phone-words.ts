import type { Control, PhoneProfile } from '../harness/contract/controls.ts'
import type { PromptPhase } from '../harness/contract/prompt.ts'

/** What was done to the world, as what was done and as what happened. */
export interface ControlWords {
  readonly active: string
  readonly passive: string
}
const done = (active: string, passive: string): ControlWords => ({ active, passive })

/** What was done to a phone; null for controls of other machines. */
export function phoneControlWords(control: Control): ControlWords | null {
  switch (control.control) {
    case 'use-phone':
      return done(
        `Took ${phoneKinds[control.profile]} (${control.profile})`,
        `the phone was ${phoneKinds[control.profile]} (${control.profile})`,
      )
    case 'enrol': {
      const what = { finger: 'one finger more', 'strong-face': 'a face (strong)', 'weak-face': 'a face (weak)' }[
        control.what
      ]
      return done(`Enrolled ${what} in the settings`, `${what} was enrolled`)
    }
    case 'unenrol':
      return control.which === 'one'
        ? done('Removed one finger in the settings', 'one finger was removed')
        : done('Removed all fingers and faces in the settings', 'all fingers and faces were removed')
    case 'touch':
      return control.finger === 'right'
        ? done('Touched the sensor with an enrolled finger', 'the sensor was touched with an enrolled finger')
        : done('Touched the sensor with a finger it does not know', 'the sensor was touched with an unknown finger')
    case 'cancel-prompt':
      return control.by === 'button'
        ? done("Chose the prompt's other button", "the prompt's other button was chosen")
        : done('Dismissed the prompt', 'the prompt was dismissed')
    case 'time-out-prompt':
      return done('Left the prompt alone until it timed out', 'the prompt timed out')
    case 'leave-app':
      return done('Left the app for the home screen and came back', 'the app was left for the home screen')
    case 'forge-match':
      return done('Told the app of a match that never was', 'the app was told of a match that never was')
    case 'lock-out': {
      const how = control.how === 'temporary' ? 'for a while' : 'until the screen lock is entered'
      return done(`Touched the sensor wrongly until it was locked out ${how}`, `the sensor was locked out ${how}`)
    }
    case 'change-screen-lock': {
      const how =
        control.old === 'proven' ? 'after proving the old one' : 'without the old one, as an administrator does'
      return done(`Changed the phone's PIN ${how}`, `the phone's PIN was changed ${how}`)
    }
    case 'remove-screen-lock':
      return done('Removed the screen lock', 'the screen lock was removed')
    case 'set-screen-lock':
      return done('Set a screen lock and enrolled a finger', 'a screen lock was set and a finger enrolled')
    case 'lock-screen':
      return done('Locked the screen', 'the screen was locked')
    case 'unlock-screen':
      return done('Unlocked the screen by the PIN', 'the screen was unlocked')
    case 'reboot':
      return control.unlocked
        ? done('Restarted the phone and unlocked it', 'the phone was restarted and unlocked')
        : done('Restarted the phone, and did not unlock it yet', 'the phone was restarted and not unlocked yet')
    case 'rotate':
      return done('Turned the phone', 'the phone was turned')
    case 'clear-data':
      return done("Cleared the app's data", "the app's data was cleared")
    case 'reinstall':
      return control.backup
        ? done('Removed the app and installed it again with its backup', 'the app was installed again with its backup')
        : done('Removed the app and installed it again', 'the app was installed again')
    case 'change-phone':
      return done('Restored the backup on another phone', 'the backup was restored on another phone')
    case 'update-app':
      return done('Installed a newer version of the app', 'the app was updated')
    case 'update-system':
      return done('Installed a newer version of the system', 'the system was updated')
    case 'change-language':
      return done("Changed the phone's language", "the phone's language was changed")
    default:
      return null
  }
}

/** Kinds of phone as people would call them; docs/platforms.md says what each does. */
const phoneKinds: Readonly<Record<PhoneProfile, string>> = {
  'android-34': 'a phone with the newest Android',
  'android-30': 'a phone with Android 11',
  'android-28': 'a phone with Android 9',
  'android-q1-removed-finger': 'an Android phone whose keys stay shut once a finger was removed',
  'android-q2-late-invalidation': 'an Android phone that tells of an invalidated key only after the prompt',
  'android-q3-update-breaks-keys': 'an Android phone whose update breaks keys until the next one',
  'android-q4-unlocked-device-keys': 'an Android phone that deletes keys for an unlocked device with the screen lock',
  'android-q5-screen-lock-wipes': 'an Android phone that deletes all keys when the screen lock changes',
  'android-q6-enrolment-unnoticed': 'an Android phone that does not notice an enrolment',
  'ios-18': 'an iPhone with iOS 18',
  'ios-15-prewarm': 'an iPhone with iOS 15 that starts apps before the first unlock',
  'ios-18-reset-face': 'an iPhone with iOS 18 whose face was set up anew',
}

/** What happened to a prompt. */
export const promptWords: Readonly<Record<PromptPhase, string>> = {
  shown: 'A prompt appeared',
  missed: 'The person was not recognised, and the prompt stayed',
  matched: 'The person was recognised, and the prompt went away',
  forged: 'The prompt went away as if the person had been recognised',
  dismissed: 'The prompt was dismissed',
  button: "The prompt's other button was chosen",
  'timed-out': 'The prompt timed out',
  'system-cancelled': 'The system took the prompt away',
  'app-cancelled': 'The app took its prompt away',
  exhausted: 'The prompt ended after its misses, and the sensor was not locked',
  'locked-out': 'The prompt ended: too many misses, for a while',
  'locked-out-for-good': 'The prompt ended: too many misses, until the screen lock is entered',
  lost: 'The prompt went away with the process that had asked for it',
}
