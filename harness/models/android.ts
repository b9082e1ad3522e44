import { usable } from './fate.ts'
import type { Platform } from './phone.ts'
import { all, either, gone, lost, row } from './row.ts'

/*
 * Android as a truth table: what each event leaves of an entry, by its policy. A `current-set` key is bound to the ids of
 * all strong sensors, `any-enrolled` and `device-credential` to the id of the screen lock, `none` to nothing. Where a key
 * is lost the keystore tells it in three shapes (no key, a key that cannot be recovered, a key invalidated): one fate.
 */

export const android: Platform = {
  name: 'android',
  profile: 'android-34',
  rows: {
    'finger-added': row('A1.3 enrol 2nd finger', lost, usable, usable, usable),
    'finger-removed': all('A1.3 remove 1 of 2 fingers', usable),
    'all-removed': row('A1.3 remove ALL fingers', lost, usable, usable, usable),
    'strong-face-added': row('A1.3 enrol class-3 face', lost, usable, usable, usable),
    'weak-face-added': all('A1.3 enrol class-2/1 face', usable),
    'lock-changed-proven': all('A1.3 PIN changed, old proven', usable),
    'lock-changed-unproven': row('A1.3 PIN force-reset', lost, lost, lost, usable),
    'lock-removed': row('A1.3 lock screen -> None/Swipe', lost, lost, lost, usable),
    'lock-set': all('A1.3 remove all then re-enrol same finger', usable),
    restarted: all('A1.3 reboot + unlock', usable),
    'system-updated': all('A1.3 other events: OS upgrade', usable),
    'app-updated': all('A1.3 other events: app update', usable),
    'data-cleared': all('A1.3 other events: clear data', gone),
    reinstalled: all('A1.3 other events: uninstall', gone),
    'reinstalled-with-backup': all('A1.3 other events: uninstall, with Auto Backup', lost),
    // An entry that asks nobody may be kept without a key of the phone.
    'phone-changed': row('A1.3 other events: backup / device transfer', lost, lost, lost, either),
  },
  profiles: {
    'android-q4-unlocked-device-keys': {
      'lock-removed': row('A1.7 Q4; A1.3 column F', lost, lost, lost, either),
      'lock-changed-unproven': row('A1.7 Q4; A1.3 column F', lost, lost, lost, either),
    },
    'android-q5-screen-lock-wipes': {
      'lock-changed-proven': all('A1.7 Q5', either),
      'lock-changed-unproven': row('A1.7 Q5', lost, lost, lost, either),
      'lock-removed': row('A1.7 Q5', lost, lost, lost, either),
      'lock-set': all('A1.7 Q5', either),
    },
    'android-q6-enrolment-unnoticed': {
      'finger-added': row('A1.7 Q6', either, usable, usable, usable),
      'strong-face-added': row('A1.7 Q6', either, usable, usable, usable),
      'all-removed': row('A1.7 Q6', either, usable, usable, usable),
    },
  },
  restoredNothing: {
    'reinstalled-with-backup': all('A1.3 other events: uninstall', gone),
    'phone-changed': all('A1.3 other events: backup / device transfer, without the app', gone),
  },
  // A1.6
  lockout: { every: 5, waits: 30_000, forGood: 20 },
  failing: {
    // A1.7 Q1: also new keys fail, until a restart or until all fingers are removed.
    'android-q1-removed-finger': {
      from: ['finger-removed'],
      until: ['restarted', 'system-updated', 'all-removed', 'phone-changed'],
      may: ['failing', 'invalidated'],
    },
    // A1.7 Q3: passes with the vendor's next update.
    'android-q3-update-breaks-keys': { from: ['system-updated'], until: ['phone-changed'], may: ['failing'] },
  },
  // Files of the device are readable before the first unlock, files of the user are not.
  unboundWhileLocked: ['before-first-unlock', 'usable'],
  // A1.5: a credential together with a key for each use only since API 30.
  unsupported: {
    'android-28': ['device-credential'],
    'android-q2-late-invalidation': ['device-credential'],
    'android-q5-screen-lock-wipes': ['device-credential'],
  },
}
