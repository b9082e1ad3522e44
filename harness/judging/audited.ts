import type { Control } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import { type EventRef, eventOf, tellEvent } from '../contract/events.ts'
import type { CallFact, Wrong } from './call-fact.ts'
import type { Situation } from './situations.ts'

export interface Audited {
  readonly situation: Situation
  readonly wrong: Wrong | null
}

/** Follows what an audit log was told, and what was done to it behind the vault's back. */
export interface AuditedLog {
  control(control: Control): void
  returned(fact: CallFact): readonly Audited[]
}

type Tampering = Extract<
  Situation,
  | 'verified-after-change'
  | 'verified-after-cut-end'
  | 'verified-after-removal'
  | 'verified-after-rewrite'
  | 'verified-after-cut-start'
  | 'verified-after-look-alike'
>
const byDamage: Readonly<Record<Extract<Control, { control: 'damage-log' }>['how'], Tampering>> = {
  edit: 'verified-after-change',
  insert: 'verified-after-change',
  move: 'verified-after-change',
  'take-out': 'verified-after-change',
  'cut-start': 'verified-after-cut-start',
  'cut-end': 'verified-after-cut-end',
  remove: 'verified-after-removal',
}

/** After these nobody can say what the log has to be. */
export const unsettling: ReadonlySet<Control['control']> = new Set([
  'damage-file',
  'restore-files',
  'wipe-keyring',
  'swap-keyring',
  'duplicate-items',
  'restart-keyring',
  'stop-keyring',
])

interface Told {
  readonly event: EventRef
  /** Whether it was acknowledged: one of a killed call may be there or not. */
  readonly sure: boolean
}

const same = (one: EventRef, other: EventRef) => one.event === other.event && one.shape === other.shape
const lookAlike = (one: EventRef, other: EventRef) =>
  one.event === other.event && one.shape !== other.shape && one.shape !== 'plain' && other.shape !== 'plain'

/** Null where the vault has no such log. */
export function auditedLog({ profiles, durability }: Description): AuditedLog | null {
  if (!profiles.includes('audit')) return null
  let told: Told[] = []
  let known = true
  let overlapped = false
  let tampering: Tampering | null = null
  let appendedSince = false
  /** Calls of `append` that ended; what the last one told, where it was alone and acknowledged. */
  let appends = 0
  let last: EventRef | null = null
  /** How many appends had ended when the last checkpoint was given. */
  let witness: { readonly at: number; state: 'good' | 'broken' | 'unknown' } | null = null

  const rewritten = ({ event, puts }: Extract<Control, { control: 'rewrite-log' }>) => {
    const replaced = last
    last = null
    if (replaced === null || tampering !== null || same(event, replaced)) {
      known = false
      return
    }
    if (puts === 'files') {
      tampering = lookAlike(event, replaced) ? 'verified-after-look-alike' : 'verified-after-rewrite'
      return
    }
    told = [...told.slice(0, -1), { event, sure: true }]
    // What the checkpoint says of is there no more, where it was given after the event that was replaced.
    if (witness?.at === appends) witness.state = lookAlike(event, replaced) ? 'unknown' : 'broken'
  }

  /** Whether these are the events that were told, in their order as far as that is known. */
  const wrongEntries = (entries: readonly string[]): Wrong | null => {
    const all = told.map(({ event, sure }) => ({ text: tellEvent(eventOf(event)), sure }))
    const many = (of: readonly string[], text: string) => of.filter((one) => one === text).length
    const sure = all.filter((one) => one.sure).map(({ text }) => text)
    const possible = all.map(({ text }) => text)
    const expected = `${sure.length} events, as they were appended`
    const lacking = sure.find((text) => many(entries, text) < many(sure, text))
    if (lacking !== undefined) return { kind: 'event-missing', expected, seen: `${entries.length} without one of them` }
    const extra = entries.find((text) => many(entries, text) > many(possible, text))
    if (extra !== undefined) return { kind: 'event-too-many', expected, seen: 'one more, or one that nobody appended' }
    const ordered = overlapped || possible.length !== sure.length || entries.every((text, at) => text === sure[at])
    return ordered ? null : { kind: 'other-order', expected, seen: 'another order' }
  }

  const appended = ({ op, outcome, overlapped: beside }: CallFact) => {
    appends++
    overlapped ||= beside
    last = null
    if (tampering !== null) appendedSince = true
    if (outcome.is === 'fail' || op.op !== 'append') return
    told = [...told, { event: op.event, sure: outcome.is === 'ok' }]
    if (outcome.is === 'ok' && !beside) last = op.event
  }

  const verified = ({ op, outcome }: CallFact): readonly Audited[] => {
    if (outcome.is === 'info' || op.op !== 'verify') return []
    if (tampering !== null) {
      const cut = tampering === 'verified-after-cut-end' || tampering === 'verified-after-cut-start'
      if (!appendedSince) return [{ situation: tampering, wrong: null }]
      return cut ? [{ situation: 'verified-after-append-to-cut', wrong: null }] : []
    }
    if (op.witnessed === true && witness?.state !== 'good')
      return witness?.state === 'broken' ? [{ situation: 'verified-against-witness', wrong: null }] : []
    const situation = overlapped ? 'log-after-overlap' : 'log-untouched'
    if (outcome.is === 'ok') return [{ situation, wrong: null }, ...(told.length > 0 ? [verifies] : [])]
    const seen = `'${outcome.failure.code}'`
    return [{ situation, wrong: { kind: 'false-alarm', expected: 'ok: nobody has touched the log', seen } }]
  }
  const verifies: Audited = { situation: 'log-verified', wrong: null }

  return {
    control(control) {
      if (unsettling.has(control.control)) known = false
      if ((control.control === 'cut-power' || control.control === 'restart-machine') && durability !== 'durable')
        known = false
      if (control.control === 'rewrite-log') rewritten(control)
      if (control.control !== 'damage-log') return
      last = null
      // Of two damages one may undo the other; the line of a killed append may not count.
      if (
        tampering !== null ||
        told.some(({ sure }) => !sure) ||
        told.filter(({ sure }) => sure).length < (control.how === 'remove' ? 1 : 2)
      )
        known = false
      else tampering = byDamage[control.how]
    },
    returned(fact) {
      const { op, outcome, keyring, vault } = fact
      if (op.op === 'append') appended(fact)
      if (op.op === 'reset' || op.op === 'setUp') {
        if (outcome.is === 'ok') [told, known, tampering, last, witness] = [[], true, null, null, null]
        if (outcome.is === 'info') known = false
      }
      if (!known || fact.overlapped || keyring !== 'unlocked' || vault !== 'unlocked') return []
      if (op.op === 'checkpoint' && outcome.is === 'ok' && typeof outcome.value === 'string')
        witness = { at: appends, state: tampering === null ? 'good' : 'unknown' }
      if (op.op === 'verify') return verified(fact)
      if (op.op !== 'entries' || tampering !== null || outcome.is === 'info') return []
      const situation = overlapped ? 'log-after-overlap' : 'log-untouched'
      if (outcome.is === 'ok' && Array.isArray(outcome.value))
        return [{ situation, wrong: wrongEntries(outcome.value as readonly string[]) }]
      const seen = outcome.is === 'fail' ? `'${outcome.failure.code}'` : 'no list'
      return [{ situation, wrong: { kind: 'not-readable', expected: 'all events', seen } }]
    },
  }
}
