import { type Control, touchesOf } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import type { Event, Outcome } from '../contract/history.ts'
import type { AccessPolicy, Operation } from '../contract/operations.ts'
import { android } from '../models/android.ts'
import { type Fate, type Fates, type Kept, may, plainly, union, usable } from '../models/fate.ts'
import { ios } from '../models/ios.ts'
import { phone as newPhone, type PhoneNow } from '../models/phone.ts'
import { entryOf, type Flying } from './call-fact.ts'
import { phoneCalls } from './phone-call.ts'
import type { PhoneFact, Replaced } from './phone-fact.ts'
import { excusedBy, promptsSeen } from './prompts-seen.ts'
import { halfWritten, replacedBy, type Secured, upToNow, written } from './secured.ts'

/** Follows a phone through a history: what happened to it, and what that means for each call. */
export interface PhoneState {
  /** Milliseconds of the device's clock. */
  tick(at: number): void
  /** `restored`: how many items a backup held that this control restored. */
  control(control: Control, restored: number | null): void
  /** The process of the app ended by itself. */
  ended(): void
  prompt(event: Event & { type: 'prompt' }, flying: ReadonlyMap<number, Flying>): void
  invoked(call: Flying, at: number, flying: ReadonlyMap<number, Flying>): void
  returned(call: Flying, seen: Pick<PhoneFact, 'items' | 'again'>): PhoneFact
  /** What the end of the call says of what is kept. `certain`: it surely took no effect where it failed. */
  settled(call: Flying, fact: PhoneFact, outcome: Outcome, certain: boolean): void
}

/** What is known of a call in flight. */
interface Ahead {
  readonly does: PhoneFact['does']
  readonly policy: AccessPolicy
  readonly subject: string | null
  readonly kept: readonly Kept[]
  readonly now: PhoneNow
  readonly at: number
  readonly began: Pick<Secured, 'lockouts' | 'deaths' | 'replaced'> & { readonly happened: number }
  /** A prompt was up that nobody can have shown for this call. */
  readonly besidePrompt: boolean
  readonly lockedOut: boolean
  readonly replaced: Replaced
  readonly afterDeath: boolean
  readonly afterTurn: boolean
  readonly navigated: boolean
  fates: Fates
  steady: boolean
  left: boolean
  turned: boolean
  twinned: boolean
}

/** Controls that change nothing but a prompt, or what is shown. */
const harmless: ReadonlySet<Control['control']> = new Set(['rotate', 'change-language', 'advance-clock'])

const iosBy = { adopts: ios('adopts'), purges: ios('purges') } as const

/** Null for a vault that is not of a phone. */
export function phoneState(description: Description): PhoneState | null {
  const { platform, biometric } = description
  if (platform !== 'android' && platform !== 'ios') return null
  const phone = newPhone(platform === 'android' ? android : iosBy[biometric?.reinstall ?? 'purges'])
  const { first, doing, subjectOf, policyOf } = phoneCalls(description)
  const prompting = new Set<string>(biometric?.prompts ?? [])
  const secured = new Map<string, Secured>()
  const ahead = new Map<number, Ahead>()
  const ops = new Map<number, Operation>()
  const prompts = promptsSeen()
  /** A write that was acknowledged too early, while its prompt is still up: a match makes it what it was said to be. */
  let waiting: Secured | null = null
  let lockouts = 0
  let deaths = 0
  let early: PhoneFact['early'] = 'nothing'
  let died = false
  /** A prompt went with its process: told before the control that ended it. */
  let lost = false
  let turned = false
  let navigated = false
  /** By policy: how much had happened when a write began that failed, and may have left its key. */
  const attempted = new Map<AccessPolicy, number>()
  let restored: number | null = null

  /** What a call meets now. */
  const fatesOf = (op: Operation, does: PhoneFact['does'], policy: AccessPolicy, of: Secured | undefined): Fates => {
    const kept = of === undefined ? usable : upToNow(of, phone)
    if (op.op === 'availability' || op.op === 'state' || op.op === 'lock') return usable
    switch (does) {
      case 'ask':
        // Where there is nothing, a vault may know that by itself or ask first.
        if (of === undefined && op.op !== 'authenticate')
          return union(phone.read(usable, 'none'), phone.read(usable, first))
        // Of a policy that came with a write in flight, too.
        return phone.read(kept, of?.policy ?? policy)
      case 'write':
        return phone.write(policy, prompting.has(op.op))
      case 'look': {
        let all: Fates = phone.read(kept, prompting.has(op.op) ? policy : 'none')
        if (op.op === 'list')
          for (const one of secured.values()) all = union(all, phone.read(upToNow(one, phone), 'none'))
        return all
      }
      case 'other':
        return phone.read(usable, 'none')
    }
  }
  const widen = () => {
    for (const [call, one] of ahead) {
      const op = ops.get(call)
      const of = one.subject === null ? undefined : secured.get(one.subject)
      if (op !== undefined) one.fates = union<Fate>(one.fates, fatesOf(op, one.does, one.policy, of))
      if (one.does !== 'write' || one.began.happened === phone.happened.length) continue
      // A key that was made for a write may be lost before it is used.
      const lost = phone.kept(usable, one.policy, one.began.happened, true).filter((kept) => kept !== 'usable')
      one.fates = union<Fate>(one.fates, lost)
    }
  }

  const dead = () => {
    if (prompts.up || lost) died = true
    turned = false
    navigated = false
  }

  return {
    tick: (at) => phone.tick(at),
    ended() {
      deaths++
      dead()
    },
    control(control, items) {
      if (control.control === 'kill-app') deaths++
      if (touchesOf(control) === 'app') dead()
      else if (control.control === 'rotate') turned = true
      // Nothing is left where no prompt is up.
      if (control.control === 'leave-app' || (control.control === 'rotate' && prompts.up)) navigated = true
      lost = false
      if (control.control === 'lock-out') lockouts++
      if (control.control === 'reboot') early = 'nothing'
      if (items !== null) restored = items
      phone.control(control, items)
      for (const one of ahead.values()) {
        one.steady &&= harmless.has(control.control) || touchesOf(control) === 'prompt'
        one.left ||= control.control === 'leave-app'
        one.turned ||= control.control === 'rotate' && prompts.up
      }
      widen()
    },
    prompt({ prompt, phase }, flying) {
      prompts.phase(prompt, phase, flying.keys())
      if (phase === 'lost') lost = true
      if (phase === 'missed') phone.missed()
      if (phase === 'matched') phone.matched()
      if (phase === 'matched' && flying.size === 0 && waiting !== null) waiting.unsure = false
      if (phase !== 'missed') waiting = null
      if (phase === 'locked-out' || phase === 'locked-out-for-good') lockouts++
    },
    invoked(call, at, flying) {
      const { op } = call
      const does = doing(op)
      const subject = subjectOf(op)
      const of = subject === null ? undefined : secured.get(subject)
      const policy = policyOf(op, of)
      const now = phone.now
      const asks = does === 'ask' || prompting.has(op.op)
      const own = of === undefined ? null : replacedBy(of, phone)
      const others = () => {
        for (const one of secured.values())
          if (one.policy === policy && replacedBy(one, phone) === 'invalidated') return 'invalidated' as const
        const left = attempted.get(policy)
        const lost = left !== undefined && !may(phone.kept(usable, policy, left, false), 'usable')
        return lost ? ('invalidated' as const) : null
      }
      const one: Ahead = {
        does,
        policy,
        subject,
        kept: of === undefined ? usable : upToNow(of, phone),
        now,
        at,
        began: {
          happened: phone.happened.length,
          lockouts,
          deaths,
          replaced: own,
        },
        replaced: does === 'write' ? (own ?? others()) : (of?.replaced ?? null),
        afterDeath: asks && died,
        afterTurn: asks && turned,
        navigated,
        besidePrompt: prompts.up,
        lockedOut: of !== undefined && lockouts > of.lockouts,
        fates: fatesOf(op, does, policy, of),
        steady: true,
        left: false,
        turned: false,
        twinned: false,
      }
      if (asks) died = false
      if (now.firstUnlock === 'awaited')
        early = entryOf(op) !== null || does === 'ask' || early === 'asked' ? 'asked' : 'started'
      for (const other of flying.keys()) {
        const beside = ahead.get(other)
        if (other === call.call || beside === undefined) continue
        // Either write may come first, and a read sees the policy of the last.
        if (beside.subject === subject) {
          if (beside.does === 'write') one.fates = union(one.fates, phone.read(usable, beside.policy))
          if (does === 'write') beside.fates = union(beside.fates, phone.read(usable, policy))
        }
        if (beside.at === at && beside.policy !== 'none' && policy !== 'none') beside.twinned = one.twinned = true
      }
      ahead.set(call.call, one)
      ops.set(call.call, op)
    },
    returned(call, seen) {
      const one = ahead.get(call.call)
      if (one === undefined) throw new Error(`call ${call.call} ended and never began`)
      const of = one.subject === null ? undefined : secured.get(one.subject)
      // Misses in its own prompt may have locked the sensor.
      widen()
      const own = prompts.of(call.call)
      const interrupted = own.some(({ end }) => end !== null && end !== 'matched')
      const surelyOwn = own.every(({ calls }) => calls.length === 1)
      const [only, more] = own
      return {
        platform,
        does: one.does,
        policy: one.policy,
        fates: one.fates,
        kept: one.kept,
        now: one.now,
        steady: one.steady,
        plain: plainly(one.fates) && !interrupted && of?.unsure !== true,
        prompts: own,
        end: more === undefined && surelyOwn ? (only?.end ?? null) : null,
        surelyOwn,
        excuses: own.flatMap(({ end }) => (end === null ? [] : excusedBy[end])),
        since: call.op.op === 'availability' ? [...phone.happened] : phone.happened.slice(of?.writtenAt ?? Infinity),
        late: of?.late ?? false,
        replaced: one.replaced,
        lockedOut: one.lockedOut,
        died: of !== undefined && deaths > of.deaths,
        besidePrompt: one.besidePrompt,
        failed: of?.failed ?? false,
        early,
        afterDeath: one.afterDeath,
        afterTurn: one.afterTurn,
        navigated: one.navigated,
        left: surelyOwn && own.some(({ end }) => end === 'system-cancelled' || (one.left && end !== null)),
        unasked: surelyOwn && own.some(({ end }) => end === null),
        turned: one.turned && surelyOwn && !own.some(({ end }) => end === 'forged'),
        twinned: one.twinned && call.overlapped,
        ...seen,
        restored,
        unsure: of?.unsure ?? false,
      }
    },
    settled(call, fact, outcome, certain) {
      const { op } = call
      const began = ahead.get(call.call)?.began
      ahead.delete(call.call)
      ops.delete(call.call)
      const subject = subjectOf(op)
      if (subject === null || began === undefined) return
      const of = secured.get(subject)
      if (op.op === 'reset' || op.op === 'delete') {
        if (outcome.is === 'ok') secured.delete(subject)
        else if (of !== undefined && !(outcome.is === 'fail' && certain)) of.unsure = true
        return
      }
      if (fact.does === 'write') {
        if (outcome.is === 'ok') attempted.delete(fact.policy)
        else attempted.set(fact.policy, began.happened)
        if (outcome.is === 'ok') {
          const unsure = fact.unasked || (call.besideWrite && of !== undefined && of.policy !== fact.policy)
          const now = { ...written(fact.policy, phone, began), unsure }
          secured.set(subject, now)
          waiting = fact.unasked ? now : null
        } else if (of !== undefined) halfWritten(of, fact.policy, outcome.is === 'fail' && certain)
        else if (!(outcome.is === 'fail' && certain))
          // Perhaps it is there, and then as of now.
          secured.set(subject, { ...written(fact.policy, phone, began), unsure: false })
        return
      }
      if (of === undefined || fact.does !== 'ask' || fact.now.firstUnlock !== 'done') return
      if (outcome.is === 'ok' && fact.steady && may(of.kept, 'usable')) of.kept = usable
      if (outcome.is !== 'fail') return
      const { code } = outcome.failure
      if (code === 'not-found' && may(of.kept, 'gone')) of.kept = ['gone']
      // One that was told may have been cleared away with that.
      if (code === 'key-invalidated' && may(of.kept, 'invalidated'))
        of.kept =
          fact.items !== null && fact.items.after >= fact.items.before ? ['invalidated'] : ['invalidated', 'gone']
      if (fact.now.failing) of.failed = true
    },
  }
}
