import type { Control } from '../contract/controls.ts'

/** What a control means for keys and entries that were there before, by what the phone was when it was done. */
export type Happening =
  | 'finger-added'
  | 'finger-removed'
  | 'all-removed'
  | 'strong-face-added'
  | 'weak-face-added'
  | 'lock-changed-proven'
  | 'lock-changed-unproven'
  | 'lock-removed'
  | 'lock-set'
  | 'restarted'
  | 'system-updated'
  | 'app-updated'
  | 'data-cleared'
  | 'reinstalled'
  | 'reinstalled-with-backup'
  | 'phone-changed'

/** Enrolments as far as they are told apart. */
export interface Enrolled {
  readonly fingers: number
  readonly strongFaces: number
  readonly weakFaces: number
}

/** Null where the control does nothing to what is kept. */
export function happeningOf(control: Control, { fingers, strongFaces }: Enrolled): Happening | null {
  switch (control.control) {
    case 'enrol':
      return ({ finger: 'finger-added', 'strong-face': 'strong-face-added', 'weak-face': 'weak-face-added' } as const)[
        control.what
      ]
    case 'unenrol':
      return control.which === 'all' || fingers + strongFaces <= 1 ? 'all-removed' : 'finger-removed'
    case 'change-screen-lock':
      return control.old === 'proven' ? 'lock-changed-proven' : 'lock-changed-unproven'
    case 'remove-screen-lock':
      return 'lock-removed'
    case 'set-screen-lock':
      return 'lock-set'
    case 'reboot':
      return 'restarted'
    case 'update-system':
      return 'system-updated'
    case 'update-app':
      return 'app-updated'
    case 'clear-data':
      return 'data-cleared'
    case 'reinstall':
      return control.backup ? 'reinstalled-with-backup' : 'reinstalled'
    case 'change-phone':
      return 'phone-changed'
    default:
      return null
  }
}
