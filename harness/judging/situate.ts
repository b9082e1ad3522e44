import type { Description } from '../contract/description.ts'
import type { SeenValue } from '../contract/values.ts'
import { absent, type State } from '../models/entry.ts'
import { type CallFact, type Flying, writes } from './call-fact.ts'
import { concernOfRead, concernOfWrite, type Met, touchOf } from './concern.ts'
import type { Tracked } from './entries.ts'
import { since } from './since.ts'
import type { Situation } from './situations.ts'

/** What was known of the entry before the call ended. */
export interface Before {
  readonly states: ReadonlySet<State>
  readonly met: Met
  readonly unsure: boolean
}

export function beforeOf(tracked: Tracked, call: Flying): Before {
  const { since: happened, touch, refused, lastWrite, name } = tracked
  return {
    states: tracked.model.states(),
    met: { happened, touch, refused, lastWrite, name, during: call.besideWrite, mixedUp: false },
    unsure: tracked.tainted || tracked.lost,
  }
}

const needsKeyring = (op: CallFact['op']): boolean => op.op !== 'availability' && op.op !== 'state' && op.op !== 'lock'
const mixesUp = ({ deviation }: CallFact): boolean =>
  deviation === 'stale' || deviation === 'foreign' || deviation === 'ghost'

/** The situations of one call that has ended. */
export function* situationsOf(fact: CallFact, before: Before | null, description: Description): Generator<Situation> {
  const { op, outcome, overlapped, keyring, vault } = fact
  const normal = keyring === 'unlocked' && vault === 'unlocked'
  if (op.op === 'availability' && fact.footprint !== null && !overlapped) yield 'availability-probe'
  if (outcome.is === 'info' && (outcome.why === 'killed' || outcome.why === 'lost')) return
  if (overlapped && normal) yield 'overlapping-calls'
  if (!overlapped) yield* storeless(fact, before)
  if (before === null || !normal) return
  if (writes(op)) {
    if (outcome.is === 'ok') yield 'acknowledged-write'
    if (!overlapped && !before.unsure) yield* write(fact, before, description)
  } else if (!before.unsure) yield* read(fact, before)
}

/** What happens while the keyring is locked or absent. */
function* storeless(fact: CallFact, before: Before | null): Generator<Situation> {
  const { op, outcome, keyring, vault } = fact
  if (keyring !== 'locked' && keyring !== 'absent') return
  if (outcome.is !== 'ok' && needsKeyring(op)) yield keyring === 'locked' ? 'call-while-locked' : 'call-while-absent'
  if (writes(op) && vault === 'unlocked') yield 'write-without-store'
  if (keyring !== 'locked') return
  const exists = before !== null && !before.states.has(absent) && !before.unsure && vault === 'unlocked'
  if ((op.op === 'unlock' && vault === 'locked') || (exists && !writes(op))) yield 'existing-while-locked'
}

function* write(fact: CallFact, { states, met }: Before, description: Description): Generator<Situation> {
  const { op } = fact
  if (op.op === 'put') yield concernOfWrite(touchOf(op.value, op.name ?? '', description), met.happened)
  else if (fact.deviation !== null) yield concernOfRead(met)
  else if (met.lastWrite === 'delete' && states.size === 1 && states.has(absent)) yield 'read-after-delete'
}

function* read(fact: CallFact, { met }: Before): Generator<Situation> {
  const { op, outcome, overlapped, deviation } = fact
  if (!overlapped && deviation === null && op.op === 'get') {
    const seen = outcome.is === 'ok' ? (outcome.value as SeenValue) : null
    if (seen?.is === 'canary' && seen.canary.kind !== 'empty') yield 'round-trip'
    if (outcome.is === 'fail' && outcome.failure.code === 'not-found') yield 'absent-read'
  }
  // A read before any write says nothing of what was kept, unless it sees something.
  const untouched = met.lastWrite === null && deviation === null && !met.during && (met.happened & since.crash) === 0
  if (untouched) {
    if ((met.happened & since.lookAlike) !== 0 && !met.name.includes('\0')) yield 'look-alike-name'
  } else yield concernOfRead({ ...met, mixedUp: mixesUp(fact) })
}
