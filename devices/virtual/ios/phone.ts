import { domainState } from './domain-state.ts'
import { defaultIosProfile, type IosProfile } from './profiles.ts'

/** By what a person is recognised. `either` is a finger or face, or the passcode in place of it. */
export type Step = 'biometry' | 'passcode' | 'either'

/** Why nobody can be asked now. `not-interactive`: the screen is locked, so that the app is not in front. */
export type Refusal = 'no-passcode' | 'not-enrolled' | 'locked-out' | 'not-interactive'

/** Misses in a row, in all apps together, after which only the passcode helps. */
export const missesToLockOut = 5
const mostTemplates = { touchID: 5, faceID: 2 } as const
/** Misses in one prompt for biometry alone, after which it ends. */
export const missesInPrompt = { touchID: 3, faceID: 2 } as const

/** The phone as its owner knows it: locks, fingers or faces, system. Rules about items are in the keychain. */
export interface Phone {
  profile(): IosProfile
  systemVersion(): number
  language(): Language
  hasPasscode(): boolean
  enrolled(): number
  /** What an app is told of the enrolled set. */
  domainState(): Uint8Array | null
  lockedOut(): boolean
  locked(): boolean
  /** Unlocked at least once since the start. */
  unlockedOnce(): boolean
  /** Why a person cannot be recognised by this step; null where they can. Says nothing of the screen. */
  refuses(step: Step): Refusal | null
  /** One more wrong touch anywhere. */
  miss(): void
  /** A match, or the passcode: misses are forgotten. */
  recognised(): void
  /** False where it cannot be done now. */
  enrol(what: 'finger' | 'strong-face' | 'weak-face'): boolean
  unenrol(which: 'one' | 'all'): boolean
  lockOut(): boolean
  setPasscode(): boolean
  removePasscode(): boolean
  lock(): boolean
  unlock(): boolean
  restart(unlocked: boolean): void
  updateSystem(): void
  changeLanguage(): void
  /** Another kind of phone, with everything on it as it is. */
  become(profile: IosProfile): void
  /** The same kind of phone, of somebody with other fingers. */
  replace(): void
  reset(): void
}
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

export const createPhone = (): Phone => {
  let profile: IosProfile = defaultIosProfile
  let version = profile.systemVersion
  /** Counts the systems that the phone had: the state told to apps may change with it. */
  let system = 0
  let language: Language = 'en'
  let passcode = true
  let templates = 1
  /** Counts the sets of fingers that there were: each has a number that none had before. */
  let sets = 1
  let misses = 0
  let locked = false
  let unlockedOnce = true

  const become = (next: IosProfile) => {
    profile = next
    version = next.systemVersion
    system = 0
  }
  const replace = () => {
    passcode = true
    locked = false
    unlockedOnce = true
    changeTemplates(1)
  }
  const changeTemplates = (to: number) => {
    templates = to
    sets += 1
    misses = 0
  }
  return {
    profile: () => profile,
    systemVersion: () => version,
    language: () => language,
    hasPasscode: () => passcode,
    enrolled: () => templates,
    domainState: () => (templates === 0 ? null : domainState(sets, system)),
    lockedOut: () => misses >= missesToLockOut,
    locked: () => locked,
    unlockedOnce: () => unlockedOnce,
    refuses(step) {
      if (!passcode) return 'no-passcode'
      if (step !== 'biometry') return null
      if (templates === 0) return 'not-enrolled'
      return misses >= missesToLockOut ? 'locked-out' : null
    },
    miss() {
      misses += 1
    },
    recognised() {
      misses = 0
    },
    enrol(what) {
      const fits = what === (profile.biometry === 'touchID' ? 'finger' : 'strong-face')
      if (!fits || !passcode || templates >= mostTemplates[profile.biometry]) return false
      changeTemplates(templates + 1)
      return true
    },
    unenrol(which) {
      if (templates === 0) return false
      changeTemplates(which === 'all' ? 0 : templates - 1)
      return true
    },
    lockOut() {
      if (templates === 0 || !unlockedOnce || misses >= missesToLockOut) return false
      misses = missesToLockOut
      return true
    },
    setPasscode() {
      if (passcode) return false
      passcode = true
      changeTemplates(1)
      return true
    },
    removePasscode() {
      if (!passcode) return false
      passcode = false
      changeTemplates(0)
      return true
    },
    lock() {
      if (locked || !passcode) return false
      locked = true
      return true
    },
    unlock() {
      if (!locked) return false
      locked = false
      unlockedOnce = true
      misses = 0
      return true
    },
    restart(unlocked) {
      // Without a passcode there is nothing to wait for: the phone is open as soon as it runs.
      locked = !unlocked && passcode
      unlockedOnce = !locked
      if (!locked) misses = 0
    },
    updateSystem() {
      version = Math.round((version + 1) * 10) / 10
      system += 1
    },
    changeLanguage() {
      language = language === 'en' ? 'de' : 'en'
    },
    become,
    replace,
    reset() {
      language = 'en'
      sets = 0
      become(defaultIosProfile)
      replace()
    },
  }
}
