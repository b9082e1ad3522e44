import { touchesOf } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import type { Event, History, Outcome } from '../contract/history.ts'
import type { CallFact, Flying, Occurrence } from './call-fact.ts'
import { leftBehind } from './left-behind.ts'
import { type Concern, phoneConcern } from './phone-concern.ts'
import type { PhoneFact } from './phone-fact.ts'
import { phoneSituations } from './phone-situations.ts'
import { phoneState } from './phone-state.ts'
import type { Situation } from './situations.ts'
import { toldInLanguage } from './told-in-language.ts'

/** The part of a fold that is about the phone under the vault. */
export interface OnPhone {
  event(event: Event, flying: ReadonlyMap<number, Flying>): void
  invoked(call: Flying, at: number, flying: ReadonlyMap<number, Flying>): void
  returned(call: Flying): PhoneFact
  /** What the call is told under. `exists`: what it asks for was surely there. */
  concern(fact: CallFact, exists: boolean): Concern
  /** `certain`: where it failed, it surely took no effect. */
  settled(call: Flying, fact: CallFact, outcome: Outcome, certain: boolean): void
  again(fact: CallFact, at: number): void
  end(): void
}

type Note = (
  situation: Situation,
  at: number,
  call: CallFact | null,
  seen?: Occurrence['seen'],
  wrong?: Occurrence['wrong'],
) => void

/** Null for a vault that is not of a phone. */
export function onPhone(history: History, description: Description, note: Note): OnPhone | null {
  const state = phoneState(description)
  if (state === null) return null
  const { events } = history
  const items = new Map<number, NonNullable<PhoneFact['items']>>()
  const again = new Map<number, NonNullable<PhoneFact['again']>>()
  for (const event of events)
    if (event.type === 'observation') {
      if (event.observation.probe === 'kept-items') items.set(event.observation.call, event.observation)
      if (event.observation.probe === 'asked-again') again.set(event.observation.call, event.observation)
    }
  const languages = toldInLanguage()
  const left = leftBehind()
  let stored = false
  let asked: number | null = null
  let misused = false
  let held = false

  return {
    event(event, flying) {
      state.tick(event.at)
      if (event.type === 'prompt') {
        state.prompt(event, flying)
        asked ??= event.seq
      } else if (event.type === 'control' && event.result === 'done') {
        const next = events[event.seq + 1]
        const restored =
          next?.type === 'observation' && next.observation.probe === 'backup' ? next.observation.items : null
        state.control(event.control, touchesOf(event.control) === 'app' ? restored : null)
        if (event.control.control === 'change-language') languages.changed()
      } else if (event.type === 'observation') {
        const { observation } = event
        if (observation.probe === 'backup' && stored) note('backup-restored', event.seq, null, observation)
        if (observation.probe === 'ended') {
          state.ended()
          note('ended-by-itself', event.seq, null, observation)
        }
        if (observation.probe === 'main-thread-held') {
          held = true
          note('main-thread-while-asking', event.seq, null, observation)
        }
        if (observation.probe !== 'misuse') return
        misused = true
        note('rule-of-platform', event.seq, null, observation)
      }
    },
    invoked: (call, at, flying) => state.invoked(call, at, flying),
    returned: (flying) =>
      state.returned(flying, { items: items.get(flying.call) ?? null, again: again.get(flying.call) ?? null }),
    concern(fact, exists) {
      const { phone } = fact
      if (phone === null) return 'ordinary'
      for (const situation of phoneSituations(fact, phone, exists))
        note(situation, fact.at, fact, null, situation === 'deleted-and-counted' ? left.deleted(fact, phone) : null)
      const wrong = languages.returned(fact, phone)
      if (wrong !== undefined) note('told-in-another-language', fact.at, fact, null, wrong)
      // What another language explains is told of that alone.
      return wrong === undefined || wrong === null ? phoneConcern(fact, phone, exists) : null
    },
    settled(call, fact, outcome, certain) {
      const { phone } = fact
      if (phone === null) return
      left.returned(fact, phone)
      if (call.op.op === 'put' && outcome.is === 'ok') stored = true
      state.settled(call, phone, outcome, certain)
    },
    again(fact, at) {
      if (fact.phone?.prompts.some(({ missed }) => missed > 0)) note('missed-then-matched', at, fact)
      else note('overlapping-calls', at, fact)
    },
    end() {
      if (asked !== null && !misused) note('rule-of-platform', asked, null)
      if (asked !== null && !held) note('main-thread-while-asking', asked, null)
      if (description.mapping.length > 0 && events.some(({ type }) => type === 'return'))
        note('table-declared', 0, null)
    },
  }
}
