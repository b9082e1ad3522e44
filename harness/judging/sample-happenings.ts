import type { Control } from '../contract/controls.ts'
import { asked, call, fail, gave, read } from './sample-history.ts'

/* What happens to a phone, and calls that end as they should, for hand-written histories. */

export const finger: Control = { control: 'enrol', what: 'finger' }
export const strongFace: Control = { control: 'enrol', what: 'strong-face' }
export const weakFace: Control = { control: 'enrol', what: 'weak-face' }
export const fewer: Control = { control: 'unenrol', which: 'one' }
export const nobody: Control = { control: 'unenrol', which: 'all' }
export const use = (profile: Extract<Control, { control: 'use-phone' }>['profile']): Control => ({
  control: 'use-phone',
  profile,
})
export const changed = (old: 'proven' | 'unproven'): Control => ({ control: 'change-screen-lock', old })
export const noLock: Control = { control: 'remove-screen-lock' }
export const setLock: Control = { control: 'set-screen-lock' }
export const boots = (unlocked: boolean): Control => ({ control: 'reboot', unlocked })
export const unlock: Control = { control: 'unlock-screen' }
export const lockScreen: Control = { control: 'lock-screen' }
export const lockOut = (how: 'temporary' | 'permanent'): Control => ({ control: 'lock-out', how })
/** Longer than a lockout that passes. */
export const later: Control = { control: 'advance-clock', by: 31_000 }
export const system: Control = { control: 'update-system' }
export const app: Control = { control: 'update-app' }
export const language: Control = { control: 'change-language' }
export const kill: Control = { control: 'kill-app' }
export const away: Control = { control: 'leave-app' }
export const turn: Control = { control: 'rotate' }
export const reinstall = (backup: boolean): Control => ({ control: 'reinstall', backup })
export const otherPhone: Control = { control: 'change-phone' }
export const backup = (items: number) => ({ probe: 'backup', items }) as const

export const got = read(gave(1), ...asked)
export const invalid = read(fail('key-invalidated'))
export const absent = read(fail('not-found'))
export const available = (told: 'available' | 'not-enrolled' | 'locked-out') =>
  call({ op: 'availability' }, { is: 'ok', value: told })
