import type { PromptPhase } from '../contract/prompt.ts'
import { may } from '../models/fate.ts'
import type { CallFact } from './call-fact.ts'
import type { PhoneFact } from './phone-fact.ts'
import { enrolments } from './secured.ts'
import type { Situation } from './situations.ts'

/** Ends of a prompt that are nobody's recognition. */
const unmatched: ReadonlySet<PromptPhase> = new Set([
  'dismissed',
  'button',
  'timed-out',
  'system-cancelled',
  'app-cancelled',
  'exhausted',
  'locked-out',
  'locked-out-for-good',
])

/** What a call on a phone says beside what it says of what is kept. `exists`: what is asked for is surely there. */
export function* phoneSituations(fact: CallFact, phone: PhoneFact, exists: boolean): Generator<Situation> {
  const { op, outcome, overlapped } = fact
  if (outcome.is === 'fail') yield 'failed-with-identity'
  if (phone.twinned && phone.plain) yield 'calls-in-one-instant'
  const ended = outcome.is !== 'info' || (outcome.why !== 'killed' && outcome.why !== 'lost')
  if (!ended) return
  if (phone.unasked && outcome.is === 'ok' && phone.does === 'write') yield 'acknowledged-while-asking'
  if (phone.left) yield 'left-while-prompting'
  if (phone.turned) yield 'turned-while-prompting'
  if (forged(phone)) yield 'forged-match'
  if (recognised(fact, phone)) yield 'recognised'
  if (phone.does === 'ask' && phone.end !== null && unmatched.has(phone.end) && !phone.unsure) yield 'unmatched-read'
  if (overlapped) return
  if (phone.navigated) yield 'call-after-navigation'
  if (op.op === 'availability') yield* availability(phone)
  if (phone.does === 'ask') {
    if (outcome.is === 'ok' && phone.policy !== 'none' && !phone.unsure && !phone.besidePrompt)
      yield op.op === 'authenticate' ? 'gated' : 'prompted-read'
    if (outcome.is === 'fail' && phone.items !== null && exists && !may(phone.kept, 'gone')) yield 'refused-read'
  }
  if (outcome.is === 'ok' && phone.plain && (op.op === 'put' || op.op === 'delete')) yield 'write-prompts'
  if (op.op === 'delete' && outcome.is === 'ok' && exists && phone.plain && phone.items !== null)
    yield 'deleted-and-counted'
}

/** Whoever was asked again and recognised then may have what they asked for. */
const forged = ({ surelyOwn, prompts }: PhoneFact): boolean =>
  surelyOwn && prompts.some(({ end }) => end === 'forged') && !prompts.some(({ end }) => end === 'matched')

const recognised = ({ outcome, deviation }: CallFact, { does, prompts }: PhoneFact): boolean =>
  does === 'ask' && outcome.is === 'ok' && deviation === null && prompts.some(({ end }) => end === 'matched')

function* availability({ now, steady, since, items }: PhoneFact): Generator<Situation> {
  const known = steady && now.firstUnlock === 'done' && now.screen === 'unlocked' && now.lockout !== 'unclear'
  if (known && !now.failing) yield 'availability-told'
  if (items !== null && since.some((one) => enrolments.has(one))) yield 'enrolment-probe'
}
