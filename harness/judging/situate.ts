import type { Description } from '../contract/description.ts'
import type { Outcome } from '../contract/history.ts'
import type { SeenValue } from '../contract/values.ts'
import { absent, type State } from '../models/entry.ts'
import { type CallFact, type Flying, writes } from './call-fact.ts'
import { concernOfRead, concernOfWrite, type Met, touchOf } from './concern.ts'
import type { Tracked } from './entries.ts'
import type { Concern } from './phone-concern.ts'
import { since } from './since.ts'
import type { Situation } from './situations.ts'

/** What was known of the entry before the call ended. */
export interface Before {
  readonly states: readonly State[]
  readonly met: Met
  readonly unsure: boolean
}

/** What else was in flight with a call. */
type Beside = Pick<Flying, 'besideWrite' | 'overlapped'>

function resembles(outcome: Outcome): boolean {
  const value = outcome.is === 'ok' ? outcome.value : null
  return typeof value === 'object' && value !== null && 'how' in value && value.of !== null
}

/** What a call meets that sees what can be. */
export function metOf(tracked: Tracked, outlived: number, { besideWrite: during, overlapped }: Beside): Met {
  const { since: happened, touch, refused, lastWrite, name, long } = tracked
  const rest = { outlived, during, alone: !overlapped, deviation: null, resembles: false }
  return { happened, touch, refused, lastWrite, name, long, ...rest }
}

export function beforeOf(tracked: Tracked, call: Flying, outlived: number): Before {
  return {
    states: tracked.model.states(),
    met: metOf(tracked, outlived, call),
    unsure: tracked.tainted || tracked.lost,
  }
}

/** Whether what a call asks for is surely there. */
export function existsFor({ op, vault }: CallFact, before: Before | null): boolean {
  if (op.op === 'authenticate') return true
  if (op.op === 'unlock') return vault === 'locked'
  return before !== null && !before.unsure && before.states.length > 0 && !before.states.includes(absent)
}

const needsKeyring = (op: CallFact['op']): boolean => op.op !== 'availability' && op.op !== 'state' && op.op !== 'lock'

/** Tells the situations of one call that has ended. `concern`: where the phone under the vault tells what it is about. */
export function situate(
  fact: CallFact,
  before: Before | null,
  description: Description,
  concern: Concern,
  tell: (situation: Situation) => void,
): void {
  const { op, outcome, overlapped, keyring, vault } = fact
  const normal = keyring === 'unlocked' && vault === 'unlocked' && (fact.phone === null || fact.phone.plain)
  if (outcome.is === 'info' && (outcome.why === 'killed' || outcome.why === 'lost')) return
  if (op.op === 'availability' && fact.footprint !== null && !overlapped) tell('availability-probe')
  if (overlapped && normal && concern === 'ordinary') tell('overlapping-calls')
  if (!overlapped) storeless(fact, before, tell)
  if (concern !== 'ordinary' && concern !== null) tell(concern)
  if (before === null || !normal) return
  if (writes(op)) {
    if (outcome.is === 'ok') tell('acknowledged-write')
    if (!overlapped && !before.unsure && concern === 'ordinary') write(fact, before, description, tell)
  } else if (!before.unsure) {
    seen(fact, tell)
    // A refusal beside other calls is told of those.
    const beside = fact.phone !== null && overlapped && fact.deviation === 'refused'
    if (concern === 'ordinary' && !beside) read(fact, before, tell)
  }
}

/** What a read says that saw what it must. */
function seen({ op, outcome, overlapped, deviation }: CallFact, tell: (situation: Situation) => void): void {
  if (overlapped || deviation !== null || op.op !== 'get') return
  const value = outcome.is === 'ok' ? (outcome.value as SeenValue) : null
  if (value?.is === 'canary' && value.canary.kind !== 'empty') tell('round-trip')
  if (outcome.is === 'fail' && outcome.failure.code === 'not-found') tell('absent-read')
}

/** What happens while the keyring is locked or absent. */
function storeless(fact: CallFact, before: Before | null, tell: (situation: Situation) => void): void {
  const { op, outcome, keyring, vault } = fact
  if (keyring !== 'locked' && keyring !== 'absent') return
  if (outcome.is !== 'ok' && needsKeyring(op)) tell(keyring === 'locked' ? 'call-while-locked' : 'call-while-absent')
  if (writes(op) && vault === 'unlocked') tell('write-without-store')
  if (keyring !== 'locked') return
  const exists = before !== null && !before.states.includes(absent) && !before.unsure && vault === 'unlocked'
  if ((op.op === 'unlock' && vault === 'locked') || (exists && !writes(op))) tell('existing-while-locked')
}

function write(
  fact: CallFact,
  { states, met }: Before,
  description: Description,
  tell: (situation: Situation) => void,
): void {
  const { op } = fact
  if (op.op === 'put') tell(concernOfWrite(touchOf(op.value, op.name ?? '', description), met.happened))
  else if (fact.deviation !== null) tell(concernOfRead({ ...met, deviation: fact.deviation }))
  else if (met.lastWrite === 'delete' && states.length === 1 && states[0] === absent) tell('read-after-delete')
}

function read(fact: CallFact, { met }: Before, tell: (situation: Situation) => void): void {
  const { deviation, outcome } = fact
  // A read before any write says nothing of what was kept, unless it sees something.
  const untouched = met.lastWrite === null && deviation === null && !met.during && (met.happened & since.crash) === 0
  if (untouched) {
    if ((met.happened & since.lookAlike) !== 0 && !met.name.includes('\0')) tell('look-alike-name')
  } else tell(concernOfRead({ ...met, deviation, resembles: resembles(outcome) }))
}
