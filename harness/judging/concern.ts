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
  const sinceStart = (happened & (since.kill | since.restart | since.relock)) !== 0
  if ((happened & since.copied) !== 0 && touch === 'ordinary' && !sinceStart) return 'write-beside-copies'
  return touch === 'ordinary' ? 'ordinary-write' : byTouch[touch]
}

/** What a read met, beside what it saw. */
export interface Met {
  /** Bits of `since`. */
  readonly happened: number
  /** Of the last acknowledged write. */
  readonly touch: Touch
  /** Of a write that was refused since; null where there was none. */
  readonly refused: Touch | null
  readonly lastWrite: 'put' | 'delete' | null
  readonly name: string
  /** A write of the same entry was in flight with it. */
  readonly during: boolean
  /** Another value of this program came back: no matter of how values are kept. */
  readonly mixedUp: boolean
}

/** The one situation that a read belongs to, by what happened since the last acknowledged write of its entry. */
export function concernOfRead({ happened, touch, refused, lastWrite, name, during, mixedUp }: Met): Situation {
  const has = (flags: number) => (happened & flags) !== 0
  if (has(since.overlap)) return 'read-after-overlap'
  if (during) return 'read-during-write'
  if (name.includes('\0')) return 'nul-inside'
  if (has(since.lookAlike)) return 'look-alike-name'
  if (has(since.storeless)) return 'read-after-write-without-store'
  if (has(since.crash)) return 'read-after-crash'
  if (has(since.swapped)) return 'read-after-other-keyring'
  // What is gone after a start, too, may be gone for that alone; another value is of a copy.
  if (has(since.copied) && (mixedUp || !has(since.kill | since.restart | since.power | since.torn)))
    return 'read-beside-copies'
  if (lastWrite === 'delete') return 'read-after-delete'
  if (has(since.torn)) return 'read-after-torn-power-cut'
  if (has(since.power)) return 'read-after-power-cut'
  if (has(since.restart | since.relock)) return 'read-after-restart'
  if (has(since.kill)) return 'read-after-kill'
  const special = touch === 'ordinary' ? (refused ?? 'ordinary') : touch
  return special === 'ordinary' || mixedUp ? 'ordinary-read' : byTouch[special]
}
