/** What the phone tells of itself by two services, in one command. */
export interface PhoneState {
  /** Fingers that are enrolled. */
  readonly fingers: number
  /** Touches by fingers that are not known. */
  readonly rejected: number
  readonly lockedOut: boolean
  /** What tells the window of a prompt that is up from every other; null where none is. */
  readonly prompt: string | null
  readonly keyguard: boolean
}

/** The command line that tells it. */
export const stateCommand =
  "dumpsys fingerprint; dumpsys window | grep -E 'mCurrentFocus|isKeyguardShowing|mShowingLockscreen|mDreamingLockscreen'"

const number = (text: string, name: string): number => Number(new RegExp(`"${name}":\\s*(\\d+)`).exec(text)?.[1] ?? 0)

/** Reads it. Services word it differently from one system to the next: what is not told counts as nothing. */
export const readState = (told: string): PhoneState => ({
  fingers: number(told, 'count'),
  rejected: number(told, 'reject'),
  lockedOut: number(told, 'lockout') > 0 || number(told, 'permanentLockout') > 0,
  prompt: /mCurrentFocus=Window\{(\w+) u\d+ BiometricPrompt\}/.exec(told)?.[1] ?? null,
  keyguard: /(isKeyguardShowing|mShowingLockscreen|mDreamingLockscreen)=true/.test(told),
})
