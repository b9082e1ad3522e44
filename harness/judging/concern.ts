import type { Description } from '../contract/description.ts'
import type { ValueRef } from '../contract/values.ts'
import { since } from './since.ts'
import type { Situation } from './situations.ts'

/** What makes a write special: decides under which requirement a wrong read of it is told. */
export type Touch = 'ordinary' | 'large' | 'marked' | 'nul' | 'empty'

/** Bytes from which a value counts as large where the vault states no limit. */
export const largeFrom = 2048

export function touchOf(value: ValueRef, name: string, description: Description): Touch {
  const limit = description.limits.value?.max ?? Number.POSITIVE_INFINITY
  if (value.kind === 'empty') return 'empty'
  // Bytes stand for UTF-16 units here: no recipe differs by more than a few.
  if (value.size >= Math.min(limit, largeFrom)) return 'large'
  if (value.kind === 'nul' || name.includes('\0')) return 'nul'
  return value.kind === 'text' ? 'ordinary' : 'marked'
}

const byTouch = {
  large: 'large-value',
  marked: 'marked-text',
  nul: 'nul-inside',
  empty: 'empty-value',
} as const satisfies Record<Exclude<Touch, 'ordinary'>, Situation>

/** The one situation that a write belongs to. */
export function concernOfWrite(touch: Touch, happened: number): Situation {
  if ((happened & since.lookAlike) !== 0 && touch === 'ordinary') return 'look-alike-name'
  return touch === 'ordinary' ? 'ordinary-write' : byTouch[touch]
}

/** The one situation that a read belongs to, by what happened since the last acknowledged write of its entry. */
export function concernOfRead(
  happened: number,
  touch: Touch,
  lastWrite: 'put' | 'delete' | null,
  duringOther: boolean,
): Situation {
  if (duringOther) return 'read-during-write'
  if ((happened & since.overlap) !== 0) return 'read-after-overlap'
  if ((happened & since.lookAlike) !== 0) return 'look-alike-name'
  if ((happened & since.storeless) !== 0) return 'read-after-write-without-store'
  if ((happened & since.crash) !== 0) return 'read-after-crash'
  if (lastWrite === 'delete') return 'read-after-delete'
  if ((happened & since.power) !== 0) return 'read-after-power-cut'
  if ((happened & (since.restart | since.relock)) !== 0) return 'read-after-restart'
  if ((happened & since.kill) !== 0) return 'read-after-kill'
  return touch === 'ordinary' ? 'ordinary-read' : byTouch[touch]
}
