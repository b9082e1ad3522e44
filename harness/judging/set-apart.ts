import type { Code } from '../contract/codes.ts'
import type { Description } from '../contract/description.ts'
import { type CallFact, writes } from './call-fact.ts'
import { since } from './since.ts'
import type { Before } from './situate.ts'
import type { Situation } from './situations.ts'

/** What says of a call, beside its own facts, whether it is set apart. */
export interface Circumstances {
  readonly before: Before | null
  /** The vault had just said that it is open, and nothing was done to the world since. */
  readonly saidOpen: boolean
  /** An `unlock` that has to succeed. */
  readonly opens: boolean
  readonly description: Description
}

/** A situation that a call belongs to whatever lies behind it. `failed`: of this call nothing else is told. */
export interface Apart {
  readonly situation: Situation
  readonly failed: boolean
}

/** Refusals that say something of the call, not of the vault. */
const ofTheCall: ReadonlySet<Code> = new Set(['busy', 'not-found', 'too-large', 'bad-encoding', 'invalid-argument'])
/** What a store says of an entry that it cannot make sense of. */
const senseless: ReadonlySet<Code> = new Set(['corrupt', 'wrong-key', 'wrong-format', 'bad-encoding'])
const closed: ReadonlySet<Code> = new Set(['vault-locked', 'not-set-up'])
/** What a read says that lacks the key. */
const keyless: ReadonlySet<Code> = new Set(['store-locked', 'unavailable', 'key-invalidated'])

const codeOf = ({ outcome }: CallFact): Code | null => (outcome.is === 'fail' ? outcome.failure.code : null)
const among = (fact: CallFact, codes: ReadonlySet<Code>): boolean => {
  const code = codeOf(fact)
  return code !== null && codes.has(code)
}

/** Whether a call finds closed what was said to be open. A vault whose key comes from the keyring has it by then. */
export const foundClosed = (fact: CallFact, { keyring }: Description): boolean =>
  among(fact, closed) || (fact.op.op === 'get' && keyring === 'unlock' && among(fact, keyless))

/** Whether a call was refused, or saw nothing where something is. */
export function notServed(fact: CallFact): boolean {
  if (fact.deviation === 'missing') return true
  if (among(fact, senseless)) return false
  return fact.op.op === 'unlock' ? codeOf(fact) !== 'busy' && codeOf(fact) !== null : notOfTheCall(fact)
}
/** The same of a call that is alone, once there is a keyring. What a keyring that was gone has lost is told of the loss. */
export const stillRefused = (fact: CallFact): boolean => fact.deviation !== 'missing' && notServed(fact)

const notOfTheCall = (fact: CallFact): boolean => codeOf(fact) !== null && !among(fact, ofTheCall)

/** Whether one of two calls that create an entry at once was refused for the other's sake. */
export const notCreated = notOfTheCall

/** Whether a read makes no sense of its entry, or gives what nobody wrote. */
export const mixed = (fact: CallFact): boolean => fact.deviation === 'altered' || among(fact, senseless)

/** The situations of a call that has ended, the one that it failed in last. */
export function* setApart(fact: CallFact, circumstances: Circumstances): Generator<Apart> {
  for (const apart of met(fact, circumstances)) {
    yield apart
    if (apart.failed) return
  }
}

function* met(fact: CallFact, { before, saidOpen, opens, description }: Circumstances): Generator<Apart> {
  const { op, outcome, overlapped, company, phone } = fact
  // How a process of a phone's app begins is told by other rows.
  const start = phone === null ? fact.start : null
  if (outcome.is === 'info') return
  const used = (before !== null && !before.unsure) || op.op === 'list'
  if (saidOpen && used && !overlapped) yield { situation: 'used-after-opening', failed: foundClosed(fact, description) }
  const asked = opens || (used && fact.keyring === 'unlocked' && fact.vault === 'unlocked')
  if (!asked) return
  if (start === 'after-failure' && !overlapped)
    yield { situation: 'call-after-failed-start', failed: stillRefused(fact) }
  // A read beside a write of its entry is CONC-03's.
  if (start === 'first' && overlapped && !company.upset && before?.met.during !== true)
    yield { situation: 'first-calls-together', failed: notServed(fact) }
  if (company.creator && undisturbed(phone)) yield { situation: 'created-together', failed: notCreated(fact) }
  if (before !== null && isSideBySide(fact, before)) yield { situation: 'side-by-side', failed: mixed(fact) }
}

/** What is done to a phone meanwhile, or was to what a write takes the place of, may be why. */
const undisturbed = (phone: CallFact['phone']): boolean =>
  phone === null || (phone.plain && phone.steady && phone.replaced === null)

const { sideBySide, overlap, kill, restart, relock } = since

/** A read beside calls of other entries alone, or of an entry that was last written so. */
function isSideBySide({ op, overlapped, company }: CallFact, { met: { happened, touch, refused } }: Before): boolean {
  if (writes(op) || op.op !== 'get' || touch !== 'ordinary' || refused !== null) return false
  const beside = overlapped && company.other && !company.same
  const written = (happened & sideBySide) !== 0
  if (overlapped ? !beside : !written) return false
  // Anything else that happened may be why.
  const explained = happened & ~(sideBySide | overlap | kill | restart | relock)
  return explained === 0 && (written || (happened & overlap) === 0)
}
