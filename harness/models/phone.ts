import type { Control, PhoneProfile } from '../contract/controls.ts'
import type { AccessPolicy } from '../contract/operations.ts'
import { type Fate, type Fates, type Kept, plainly, union, usable } from './fate.ts'
import { type Enrolled, type Happening, happeningOf } from './happening.ts'
import { type LockoutRule, lockout as newLockout } from './lockout.ts'

/** One row of a platform's truth table: what a happening leaves of an entry that was usable before, by its policy. */
export type Row = Readonly<Record<AccessPolicy, readonly Kept[]>> & {
  /** The row of the platform tables that it follows. */
  readonly cites: string
}

/** A platform as data: its truth table, its faulty kinds of phone, and what it says of policies that cannot be met now. */
export interface Platform {
  readonly name: 'android' | 'ios'
  readonly profile: PhoneProfile
  readonly rows: Readonly<Record<Happening, Row>>
  /** Rows that are other on this kind of phone. */
  readonly profiles: Readonly<Partial<Record<PhoneProfile, Partial<Record<Happening, Row>>>>>
  /** The same where a backup was restored that held nothing of the app. */
  readonly restoredNothing: Readonly<Partial<Record<Happening, Row>>>
  readonly lockout: LockoutRule
  /** Happenings after which a kind of phone fails in a way that passes, and those that end it. */
  readonly failing: Readonly<
    Partial<Record<PhoneProfile, { from: readonly Happening[]; until: readonly Happening[]; may: Fates }>>
  >
  /** What an entry without a policy may be before the first unlock. */
  readonly unboundWhileLocked: Fates
  /** Policies that cannot be kept on an older system. */
  readonly unsupported: Readonly<Partial<Record<PhoneProfile, readonly AccessPolicy[]>>>
}

/** The phone as the controls left it. */
export interface PhoneNow extends Enrolled {
  readonly profile: PhoneProfile
  readonly screenLock: boolean
  /** `unclear`: it restarted without a screen lock to unlock. */
  readonly firstUnlock: 'done' | 'awaited' | 'unclear'
  readonly screen: 'unlocked' | 'locked'
  readonly lockout: 'none' | 'temporary' | 'permanent' | 'unclear'
  readonly failing: boolean
}

/** A pure fold of what was done to a phone. It shares no code with any phone that is simulated. */
export interface Phone {
  readonly now: PhoneNow
  /** Everything that could change what is kept, in order. */
  readonly happened: readonly Happening[]
  /** A control that was done. `restored`: how many items of the app a backup held, where one was restored. */
  control(control: Control, restored: number | null): void
  /** `at`: milliseconds of the device's clock, which may be set back. */
  tick(at: number): void
  missed(): void
  matched(): void
  /** What is kept of an entry that had these fates when so many things had happened. `unsure`: perhaps written after them. */
  kept(of: readonly Kept[], policy: AccessPolicy, from: number, unsure: boolean): readonly Kept[]
  /** What a read of an entry meets now. */
  read(kept: readonly Kept[], policy: AccessPolicy): Fates
  /** What a write under this policy meets now. `prompts`: it asks the person. */
  write(policy: AccessPolicy, prompts: boolean): Fates
}

const needsFinger = (policy: AccessPolicy): boolean => policy === 'current-set' || policy === 'any-enrolled'
const strong = ({ fingers, strongFaces }: Enrolled): number => fingers + strongFaces
/** What a phone begins with, and has again once a screen lock is set. */
const begins: Enrolled = { fingers: 1, strongFaces: 0, weakFaces: 0 }
const words = { usable: 'none', 'locked-out': 'temporary', 'locked-out-for-good': 'permanent' } as const
const nobody: Enrolled = { fingers: 0, strongFaces: 0, weakFaces: 0 }

function enrolledAfter(control: Control, now: Enrolled): Enrolled {
  const { fingers, strongFaces, weakFaces } = now
  switch (control.control) {
    case 'enrol':
      if (control.what === 'finger') return { fingers: fingers + 1, strongFaces, weakFaces }
      if (control.what === 'strong-face') return { fingers, strongFaces: strongFaces + 1, weakFaces }
      return { fingers, strongFaces, weakFaces: weakFaces + 1 }
    case 'unenrol':
      return control.which === 'all' ? nobody : { fingers: Math.max(0, fingers - 1), strongFaces, weakFaces }
    case 'remove-screen-lock':
      return nobody
    case 'set-screen-lock':
    case 'change-phone':
      return begins
    default:
      return now
  }
}

export function phone(platform: Platform): Phone {
  const happened: Happening[] = []
  /** Whether what was restored held nothing, by the index of its happening. */
  const restoredNothing = new Set<number>()
  const lockout = newLockout(platform.lockout)
  let profile = platform.profile
  let enrolled = begins
  let screenLock = true
  let firstUnlock: PhoneNow['firstUnlock'] = 'done'
  let screen: PhoneNow['screen'] = 'unlocked'
  let failing: Fates | null = null
  let last = 0
  let elapsed = 0

  const rowOf = (happening: Happening): Row => platform.profiles[profile]?.[happening] ?? platform.rows[happening]
  const restarted = (unlocked: boolean) => {
    firstUnlock = unlocked ? 'done' : screenLock ? 'awaited' : 'unclear'
    screen = unlocked || !screenLock ? 'unlocked' : 'locked'
    if (unlocked) lockout.cleared()
  }
  const failsOrRecovers = (happening: Happening) => {
    const rule = platform.failing[profile]
    if (rule?.from.includes(happening)) failing = rule.may
    else if (rule?.until.includes(happening)) failing = null
  }
  /** What a prompt for a policy can come to now; `usable` where it can be met. */
  const asked = (policy: AccessPolicy): Fates => {
    if (policy === 'none') return usable
    if (!screenLock) return needsFinger(policy) ? ['no-screen-lock', 'not-enrolled'] : ['no-screen-lock']
    if (!needsFinger(policy)) return union<Fate>(usable, lockout.fates)
    return strong(enrolled) === 0 ? ['not-enrolled'] : lockout.fates
  }
  const whileLocked = (policy: AccessPolicy, otherwise: Fates): Fates => {
    if (firstUnlock === 'done') return screen === 'locked' ? union<Fate>(otherwise, ['screen-locked']) : otherwise
    const closed: Fates = policy === 'none' ? platform.unboundWhileLocked : ['before-first-unlock']
    return firstUnlock === 'awaited' ? closed : union<Fate>(otherwise, closed)
  }
  const step = (of: readonly Kept[], policy: AccessPolicy, index: number): readonly Kept[] => {
    const happening = happened[index]
    if (happening === undefined) return of
    const empty = restoredNothing.has(index) ? platform.restoredNothing[happening] : undefined
    const left = (empty ?? rowOf(happening))[policy]
    let after: readonly Kept[] = []
    for (const fate of of) {
      if (fate === 'usable') after = union(after, left)
      else if (fate === 'gone') after = union<Kept>(after, ['gone'])
      // What is invalid stays so, unless nothing of it is left.
      else
        after = union<Kept>(after, left.includes('gone') ? left.filter((kept) => kept !== 'usable') : ['invalidated'])
    }
    return after
  }

  return {
    get now() {
      const [closed, unclear] = lockout.fates
      const locked: PhoneNow['lockout'] = unclear === undefined ? words[closed ?? 'usable'] : 'unclear'
      return { profile, ...enrolled, screenLock, firstUnlock, screen, lockout: locked, failing: failing !== null }
    },
    happened,
    control(control, restored) {
      const happening = happeningOf(control, enrolled)
      if (happening !== null) {
        if (restored === 0) restoredNothing.add(happened.length)
        happened.push(happening)
        failsOrRecovers(happening)
      }
      enrolled = enrolledAfter(control, enrolled)
      switch (control.control) {
        case 'use-phone':
          profile = control.profile
          break
        case 'lock-out':
          lockout.control(control)
          break
        case 'enrol':
        case 'unenrol':
        case 'change-screen-lock':
          lockout.perhapsCleared()
          break
        case 'remove-screen-lock':
          screenLock = false
          lockout.cleared()
          break
        case 'set-screen-lock':
          screenLock = true
          break
        case 'lock-screen':
          screen = 'locked'
          break
        case 'unlock-screen':
          firstUnlock = 'done'
          screen = 'unlocked'
          lockout.cleared()
          break
        case 'reboot':
          restarted(control.unlocked)
          break
        case 'update-system':
          restarted(true)
          break
        case 'change-phone':
          screenLock = true
          restarted(true)
          break
      }
    },
    tick(at) {
      elapsed += Math.max(0, at - last)
      last = at
      lockout.tick(elapsed)
    },
    missed: () => lockout.missed(),
    matched: () => lockout.cleared(),
    kept(of, policy, from, unsure) {
      let kept = of
      for (let index = from; index < happened.length; index++) {
        const after = step(kept, policy, index)
        kept = unsure ? union(kept, after) : after
      }
      return kept
    },
    read(kept, policy) {
      const prompt = asked(policy)
      let now: Fates = []
      for (const fate of kept) {
        if (fate === 'gone') now = union<Fate>(now, ['gone'])
        else if (fate === 'usable') now = union(now, failing === null ? prompt : union(prompt, failing))
        // A vault may look whether it can ask before it looks whether it should; what fails tells of nothing else.
        else {
          const instead: Fates = plainly(prompt) ? [] : prompt.filter((one) => one !== 'usable')
          now = union<Fate>(now, ['invalidated', ...instead, ...(failing ?? [])])
        }
      }
      return whileLocked(policy, now)
    },
    write(policy, prompts) {
      const enough = policy === 'none' || (screenLock && (!needsFinger(policy) || strong(enrolled) > 0))
      let now: Fates = enough && !prompts ? usable : asked(policy)
      if (platform.unsupported[profile]?.includes(policy)) now = union<Fate>(now, ['unsupported'])
      if (failing !== null) now = union(now, failing)
      return whileLocked(policy, now)
    },
  }
}
