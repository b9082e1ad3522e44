import type { ControlName } from '../contract/controls.ts'
import type { Situation } from './situations.ts'

/** Situations that one of these controls must bring. Where a device has none of them, they cannot occur there. */
const table: { readonly [S in Situation]?: readonly ControlName[] } = {
  'read-after-power-cut': ['cut-power'],
  'read-after-torn-power-cut': ['cut-power'],
  'read-after-damage': ['damage-file'],
  'read-after-swap': ['damage-file'],
  'opened-after-damage': ['damage-file'],
  'read-after-older-copy': ['restore-files'],
  'opened-after-older-copy': ['restore-files'],
  'verified-after-change': ['damage-log'],
  'verified-after-cut-end': ['damage-log'],
  'verified-after-cut-start': ['damage-log'],
  'verified-after-append-to-cut': ['damage-log'],
  'verified-after-removal': ['damage-log'],
  'verified-after-rewrite': ['rewrite-log'],
  'verified-after-look-alike': ['rewrite-log'],
  'verified-against-witness': ['rewrite-log'],
  'call-while-locked': ['lock-keyring'],
  'existing-while-locked': ['lock-keyring'],
  'call-while-absent': ['stop-keyring'],
  'read-after-enrolment': ['enrol'],
  'late-invalidation': ['use-phone'],
  'read-after-fewer-fingers': ['unenrol'],
  'read-after-no-fingers': ['unenrol', 'remove-screen-lock'],
  'read-any-after-enrolment': ['enrol'],
  'read-after-lock-change': ['change-screen-lock', 'remove-screen-lock'],
  'read-after-proven-lock-change': ['change-screen-lock'],
  'unbound-read-after-lock-change': ['change-screen-lock', 'remove-screen-lock'],
  'read-after-system-update': ['update-system'],
  'read-after-app-update': ['update-app'],
  'opened-after-upgrade': ['update-app'],
  'opened-outside-profile': ['downgrade-app'],
  'opened-after-killed-upgrade': ['update-app'],
  'stepped-back': ['downgrade-app'],
  'opened-after-step-back': ['downgrade-app'],
  'database-without-key': ['wipe-keyring'],
  'read-after-failing-store': ['use-phone'],
  'read-from-failing-store': ['use-phone'],
  'read-while-locked-out': ['lock-out', 'touch'],
  'read-while-locked-out-for-good': ['lock-out'],
  'missed-then-matched': ['touch'],
  'forged-match': ['forge-match'],
  'read-before-first-unlock': ['reboot'],
  'read-after-first-unlock': ['reboot'],
  'read-after-early-read': ['reboot'],
  'read-after-early-start': ['reboot'],
  'read-after-restored-backup': ['reinstall', 'change-phone'],
  'read-on-other-phone': ['change-phone'],
  'write-after-restored-backup': ['reinstall', 'change-phone'],
  'backup-restored': ['reinstall', 'change-phone'],
  'read-after-reinstall': ['reinstall'],
  'write-after-reinstall': ['reinstall'],
  'left-while-prompting': ['leave-app'],
  'turned-while-prompting': ['rotate'],
  'asked-after-turn': ['rotate'],
  'dismissed-prompt': ['cancel-prompt'],
  'button-of-prompt': ['cancel-prompt'],
  'timed-out-prompt': ['time-out-prompt'],
  'told-in-another-language': ['change-language'],
}

/** Controls of which a device would need one for any of these situations; null where one can occur with what it has. */
export const neededControls = (
  situations: readonly Situation[],
  has: (control: ControlName) => boolean,
): readonly ControlName[] | null => {
  const needed = new Set<ControlName>()
  for (const situation of situations) {
    const controls = table[situation]
    if (controls === undefined || controls.some(has)) return null
    for (const control of controls) needed.add(control)
  }
  return [...needed]
}
