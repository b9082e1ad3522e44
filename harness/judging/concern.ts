import type { Description } from '../contract/description.ts'
import { lengthIn, type ValueRef } from '../contract/values.ts'
import type { Deviation } from './call-fact.ts'
import { deaths, since } from './since.ts'
import type { Situation } from './situations.ts'

/** What makes a write special: decides under which requirement a wrong read of it is told. */
export type Touch = 'ordinary' | 'large' | 'wide' | 'marked' | 'encoded' | 'nul' | 'empty'

/** Bytes from which a value counts as large where the vault states no limit. */
export const largeFrom = 2048

export function touchOf(value: ValueRef, name: string, description: Description): Touch {
  const limit = description.limits.value
  if (value.kind === 'empty') return 'empty'
  // One of some length shows in which unit it is counted.
  if (value.kind === 'wide' && limit !== undefined && lengthIn(limit.unit, value) * 2 > limit.max) return 'wide'
  if (isLong(value, description)) return 'large'
  if (value.kind === 'nul' || name.includes('\0')) return 'nul'
  if (value.kind === 'text') return 'ordinary'
  return looksEncoded.has(value.kind) ? 'encoded' : 'marked'
}

const looksEncoded: ReadonlySet<ValueRef['kind']> = new Set(['hex', 'base64', 'prefixed'])

/** Whether a value is one that stores keep in a way of its own, if they do so with any. */
export const isLong = (value: ValueRef, { limits: { value: limit } }: Description): boolean =>
  lengthIn(limit?.unit ?? 'bytes', value) >= Math.min(limit?.max ?? largeFrom, largeFrom)

/** By how much a value is over the declared limit; null where the vault declares none. */
export const overLimit = (value: ValueRef, { limits: { value: limit } }: Description): number | null =>
  limit === undefined ? null : Math.max(0, lengthIn(limit.unit, value) - limit.max)

const byTouch = {
  large: 'large-value',
  wide: 'wide-value',
  marked: 'marked-text',
  encoded: 'encoded-text',
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
  /** How what was seen parts from what can be. */
  readonly deviation: Deviation | null
  /** What came back resembles a value that was written. */
  readonly resembles: boolean
  /** No other call was in flight with it. */
  readonly alone: boolean
  /** The entry may hold a long value. */
  readonly long: boolean
  /** Deaths that entries were seen to outlive before any value with line ends was written. Bits of `since`. */
  readonly outlived: number
}

/** The one situation that a read belongs to, by what happened since the last acknowledged write of its entry. */
export function concernOfRead(met: Met): Situation {
  const { happened, touch, refused, lastWrite, name, during, deviation } = met
  // Another value of this program came back: no matter of how values are kept.
  const mixedUp = deviation === 'stale' || deviation === 'foreign' || deviation === 'ghost'
  const has = (flags: number) => (happened & flags) !== 0
  // Whether anything is there at all is told of what happened; parts of several values are a matter of long ones.
  const parts = deviation === null || (deviation === 'altered' && met.resembles)
  if (met.long && parts && (has(since.overlap | since.crash) || during)) return 'long-value-half-written'
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
  // What a refused write was of is what took the old value away.
  const taken = deviation === 'missing' && refused !== null
  const special = taken || touch === 'ordinary' ? (refused ?? 'ordinary') : touch
  const keeps = (happened & deaths & ~met.outlived) === 0
  if (has(since.lineEnds) && special === 'ordinary' && keeps && !mixedUp) return 'read-beside-line-ends'
  if (has(since.torn)) return 'read-after-torn-power-cut'
  if (has(since.power)) return 'read-after-power-cut'
  if (has(since.restart | since.relock)) return 'read-after-restart'
  if (has(since.kill)) return 'read-after-kill'
  // Beside other calls it may be the answer of another.
  const other = mixedUp || (deviation === 'altered' && !met.resembles && !met.alone)
  return special === 'ordinary' || other ? 'ordinary-read' : byTouch[special]
}
