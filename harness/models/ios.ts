import { type Kept, usable } from './fate.ts'
import type { Platform } from './phone.ts'
import { all, either, gone, lost, row } from './row.ts'

/*
 * iOS as a truth table: what each event leaves of an item of the keychain, by its access control. `current-set` is
 * biometryCurrentSet, `any-enrolled` biometryAny, `device-credential` userPresence, `none` no access control. An item
 * that an enrolment ends is deleted without a word: that it was there only the vault's own marker can tell.
 */

const unclear: readonly Kept[] = ['invalidated', 'gone']

/** Items outlive the app; the vault says whether a new installation `adopts` or `purges` them. */
export const ios = (reinstall: 'adopts' | 'purges'): Platform => ({
  name: 'ios',
  profile: 'ios-18',
  rows: {
    'finger-added': row('A2.3 fingers added', lost, usable, usable, usable),
    'finger-removed': row('A2.3 fingers removed', lost, usable, usable, usable),
    'all-removed': row('A2.3 no biometry enrolled', lost, usable, usable, usable),
    'strong-face-added': row('A2.3 re-enrols for Face ID', lost, usable, usable, usable),
    'weak-face-added': row('A2.3 re-enrols for Face ID', either, usable, usable, usable),
    'lock-changed-proven': all('A2.4 passcode changed', usable),
    'lock-changed-unproven': row('A2.4 passcode changed, not known which items stay', either, either, either, usable),
    // Items of WhenPasscodeSetThisDeviceOnly are deleted, others stay; biometry goes with the passcode.
    'lock-removed': row('A2.4 passcode removed', lost, either, either, usable),
    'lock-set': all('A2.4 passcode removed, then added again', usable),
    restarted: all('A2.4 reboot', usable),
    'system-updated': all('A2.3 domain state: major OS update', usable),
    'app-updated': all('A2.4 update keeps the keychain', usable),
    'data-cleared': all('A2.4 uninstall', gone),
    reinstalled: all('A2.4 uninstall: items survive', reinstall === 'adopts' ? usable : gone),
    // The defaults come back, and with them what a new installation would look for.
    'reinstalled-with-backup': all(
      'A2.4 uninstall: items survive',
      reinstall === 'adopts' ? usable : ['usable', 'gone', 'invalidated'],
    ),
    // A marker may have moved or not; without an access control, so may the item.
    'phone-changed': row('A2.4 restore to another device', unclear, unclear, unclear, ['usable', ...unclear]),
  },
  profiles: {
    'ios-18-reset-face': {
      'all-removed': row('A2.3 iOS 18.3.1 Reset Face ID', lost, either, usable, usable),
      'finger-added': row('A2.3 iOS 18.3.1 Reset Face ID', lost, either, usable, usable),
      'strong-face-added': row('A2.3 iOS 18.3.1 Reset Face ID', lost, either, usable, usable),
      'lock-set': row('A2.3 iOS 18.3.1 Reset Face ID', lost, either, usable, usable),
    },
  },
  restoredNothing: { 'phone-changed': all('A2.4 restore to another device: ThisDeviceOnly items missing', gone) },
  // A2.4: five misses, then only the passcode.
  lockout: { every: 5, waits: null, forGood: 5 },
  failing: {},
  // A2.2: no class that the contract has is readable before the first unlock.
  unboundWhileLocked: ['before-first-unlock'],
  unsupported: {},
})
