import type { AccessPolicy } from '../contract/operations.ts'
import { may, plainly } from '../models/fate.ts'
import type { Happening } from '../models/happening.ts'
import type { CallFact } from './call-fact.ts'
import type { PhoneFact } from './phone-fact.ts'
import { enrolments } from './secured.ts'
import type { Situation } from './situations.ts'

/**
 * The one situation about what is kept that a call on a phone belongs to. `ordinary`: it is told as on a desktop; null:
 * too much is unclear to say anything.
 */
export type Concern = Situation | 'ordinary' | null

const needsFinger = (policy: AccessPolicy): boolean => policy === 'current-set' || policy === 'any-enrolled'
const nobody = ({ now }: PhoneFact): boolean => now.fingers + now.strongFaces === 0

/** `exists`: what is asked for is surely there. */
export function phoneConcern(fact: CallFact, phone: PhoneFact, exists: boolean): Concern {
  const otherwise = phone.plain ? 'ordinary' : null
  if (phone.does !== 'ask' && phone.does !== 'write') return otherwise
  if (phone.unsure) return null
  // What the person did at its own prompt decides, also where another call began after that.
  const prompted = promptConcern(fact, phone)
  if (prompted !== null) return prompted
  if (fact.overlapped) {
    // What happened to the phone before is told of calls that are alone.
    const before = phone.since.length > 0 || phone.replaced !== null || phone.late || !phone.now.screenLock
    const missed = phone.prompts.some((prompt) => prompt.missed > 0)
    return before || missed || (phone.twinned && mixedUp(fact)) ? null : otherwise
  }
  if (phone.does === 'write') return writeConcern(phone)
  if (exists) return readConcern(fact, phone)
  // Also where there is nothing, what was refused too early may not be refused for ever.
  const stillLocked = fact.outcome.is === 'fail' && fact.outcome.failure.code === 'device-locked'
  return phone.plain && phone.early !== 'nothing' && stillLocked ? 'read-after-first-unlock' : otherwise
}

/** Another call's answer is told of the two calls, not of the entry. */
export const mixedUp = ({ deviation }: CallFact): boolean => deviation === 'foreign' || deviation === 'altered'

const byEnd: Partial<Record<NonNullable<PhoneFact['end']>, Situation>> = {
  dismissed: 'dismissed-prompt',
  button: 'button-of-prompt',
  'timed-out': 'timed-out-prompt',
  'system-cancelled': 'system-cancelled-prompt',
  exhausted: 'exhausted-prompt',
  'locked-out': 'exhausted-prompt',
  'locked-out-for-good': 'exhausted-prompt',
}

/** Where nothing else stood in the way, what the person did at the only prompt. */
function promptConcern({ outcome }: CallFact, { end, fates, kept, prompts, now, surelyOwn }: PhoneFact): Concern {
  if (!surelyOwn) return null
  if (!plainly(kept) || now.failing || may(fates, 'invalidated') || may(fates, 'gone')) return null
  const situation = end === null ? undefined : byEnd[end]
  if (situation !== undefined) return now.lockout === 'none' ? situation : null
  const missed = prompts.some((prompt) => prompt.missed > 0 && (prompt.end === 'matched' || prompt.end === null))
  // Where the first miss was taken for the end, the prompt is still up.
  return missed && (end === 'matched' || outcome.is === 'fail') ? 'missed-then-matched' : null
}

function writeConcern(phone: PhoneFact): Concern {
  const { policy, now, steady, replaced, plain } = phone
  if (!steady || now.firstUnlock !== 'done' || now.screen === 'locked') return plain ? 'ordinary' : null
  if (policy !== 'none' && !now.screenLock) return 'read-without-lock'
  if (policy !== 'none' && nobody(phone)) return 'write-without-fingers'
  if (!plain) return null
  if (replaced !== null) return byReplaced[replaced]
  return phone.afterTurn ? 'asked-after-turn' : 'ordinary'
}

const byReplaced = {
  invalidated: 'write-after-invalidation',
  restored: 'write-after-restored-backup',
  reinstalled: 'write-after-reinstall',
} as const satisfies Record<NonNullable<PhoneFact['replaced']>, Situation>

function readConcern(fact: CallFact, phone: PhoneFact): Concern {
  const { now, steady, plain } = phone
  if (phone.died && fact.outcome.is === 'fail' && fact.outcome.failure.code === 'not-found')
    // What is gone after a death is told of that, unless something else may have taken it.
    return plain && !may(phone.kept, 'invalidated') ? 'ordinary' : null
  if (phone.prompts.some(({ end }) => end !== null && end !== 'matched')) return null
  if (steady) {
    const closed = closedNow(fact, phone)
    if (closed !== undefined) return closed
  } else if (now.firstUnlock !== 'done' || now.screen === 'locked') return null
  const happened = concernOfSince(phone)
  if (happened !== 'ordinary') return happened
  if (phone.failed) return 'read-after-failing-store'
  if (phone.afterDeath) return 'asked-after-death'
  if (phone.afterTurn && phone.policy !== 'none') return 'asked-after-turn'
  if (phone.replaced !== null) return byReplaced[phone.replaced]
  if (phone.late && phone.policy === 'current-set') return 'read-of-late-entry'
  return plain ? 'ordinary' : null
}

/** What keeps an entry closed for now; undefined where nothing does. */
function closedNow({ outcome }: CallFact, phone: PhoneFact): Concern | undefined {
  const { now, policy, kept, since } = phone
  if (now.firstUnlock === 'awaited') return 'read-before-first-unlock'
  if (now.firstUnlock === 'unclear' || now.screen === 'locked') return null
  if (policy !== 'none' && !now.screenLock)
    return since.includes('lock-removed') ? 'read-after-lock-change' : 'read-without-lock'
  if (needsFinger(policy) && !nobody(phone) && now.lockout !== 'none') {
    if (!plainly(kept) || now.lockout === 'unclear') return null
    return now.lockout === 'temporary' ? 'read-while-locked-out' : 'read-while-locked-out-for-good'
  }
  if (now.failing && now.profile === 'android-q3-update-breaks-keys' && plainly(kept))
    return outcome.is === 'ok' ? (phone.failed ? 'read-after-failing-store' : null) : 'read-from-failing-store'
  return undefined
}

/** By what happened since the last acknowledged write. */
function concernOfSince(phone: PhoneFact): Concern {
  const { policy, since, platform, now } = phone
  const had = (happening: Happening) => since.includes(happening)
  if (had('data-cleared')) return null
  if (had('phone-changed')) return 'read-on-other-phone'
  if (had('reinstalled-with-backup') && platform === 'android') return 'read-after-restored-backup'
  if (had('reinstalled') || had('reinstalled-with-backup')) return 'read-after-reinstall'
  const lock = had('lock-removed') || had('lock-changed-unproven')
  if (policy === 'none' && (lock || had('lock-changed-proven') || !now.screenLock))
    return 'unbound-read-after-lock-change'
  if (lock) return 'read-after-lock-change'
  const enrolment = concernOfEnrolment(phone)
  if (enrolment !== null) return enrolment
  if (had('lock-changed-proven')) return 'read-after-proven-lock-change'
  if (had('system-updated')) return phone.failed ? 'read-after-failing-store' : 'read-after-system-update'
  if (had('app-updated')) return 'read-after-app-update'
  if (had('restarted') && now.firstUnlock === 'done') return afterStart[phone.early]
  if (phone.lockedOut && needsFinger(policy)) return 'read-after-lockout'
  return 'ordinary'
}

const afterStart = {
  nothing: 'read-after-first-unlock',
  started: 'read-after-early-start',
  asked: 'read-after-early-read',
} as const satisfies Record<PhoneFact['early'], Situation>

function concernOfEnrolment(phone: PhoneFact): Situation | null {
  const { policy, since, now, platform } = phone
  const had = (happening: Happening) => since.includes(happening)
  const changed = since.some((one) => enrolments.has(one) || one === 'weak-face-added')
  switch (policy) {
    case 'current-set':
      if (had('all-removed')) return 'read-after-no-fingers'
      if (had('finger-added'))
        return now.profile === 'android-q2-late-invalidation' ? 'late-invalidation' : 'read-after-enrolment'
      if (had('strong-face-added')) return platform === 'ios' ? 'read-after-enrolment' : 'read-after-other-strong-face'
      if (had('finger-removed')) return 'read-after-fewer-fingers'
      return had('weak-face-added') ? 'read-after-weak-face' : null
    case 'any-enrolled':
      if (nobody(phone)) return 'read-without-fingers'
      return changed ? 'read-any-after-enrolment' : null
    case 'device-credential':
      return nobody(phone) ? 'read-without-fingers' : null
    case 'none':
      return null
  }
}
