import type { Code } from '../contract/codes.ts'
import type { AccessPolicy } from '../contract/operations.ts'
import type { PromptPhase } from '../contract/prompt.ts'
import type { Fates, Kept } from '../models/fate.ts'
import type { Happening } from '../models/happening.ts'
import type { PhoneNow } from '../models/phone.ts'
import type { PromptSeen } from './prompts-seen.ts'

/** What a check may ask of a call on a phone, beside what it may ask of any. */
export interface PhoneFact {
  readonly platform: 'android' | 'ios'
  /** What the call does to what is kept: `ask` reads it, perhaps by asking the person; `look` never needs to. */
  readonly does: 'ask' | 'write' | 'look' | 'other'
  readonly policy: AccessPolicy
  /** What the call may have met, at any moment of its flight. */
  readonly fates: Fates
  /** What was kept before it. */
  readonly kept: readonly Kept[]
  /** The phone at its invocation. */
  readonly now: PhoneNow
  /** Nothing was done to the phone meanwhile, but to a prompt. */
  readonly steady: boolean
  /** Everything it needs was there all the while, and no prompt ended without a match. */
  readonly plain: boolean
  readonly prompts: readonly PromptSeen[]
  /** No other call was in flight when they were shown. */
  readonly surelyOwn: boolean
  /** How its only prompt ended, where that was surely its own; null where there was none, several, or it is up. */
  readonly end: PromptPhase | null
  /** Codes that the ends of its prompts excuse. */
  readonly excuses: readonly Code[]
  /** Since the last acknowledged write of what it is about, in order. */
  readonly since: readonly Happening[]
  /** Enrolments had changed before that write. */
  readonly late: boolean
  /** What that write took the place of; of a write, what it takes the place of. */
  readonly replaced: Replaced
  /** The sensor was locked out between that write and this call. */
  readonly lockedOut: boolean
  /** The process was killed, or ended by itself, since that write. */
  readonly died: boolean
  /** A prompt was up at its invocation, which it may have been answered by. */
  readonly besidePrompt: boolean
  /** A failing key store had kept it closed since that write. */
  readonly failed: boolean
  /** What the app did between the last start of the phone and its first unlock. */
  readonly early: 'nothing' | 'started' | 'asked'
  /** The process had died with a prompt up, and this is the first call that asks the person since. */
  readonly afterDeath: boolean
  /** The phone was turned before it, in the life of this process. */
  readonly afterTurn: boolean
  /** The app had been left, or the phone turned, while a prompt was up, in the life of this process. */
  readonly navigated: boolean
  /** Under which policy the entry is, or whether its key is the old one or the new, is not known. */
  readonly unsure: boolean
  /** The system took its prompt down, or the app was left while it was up. */
  readonly left: boolean
  /** It ended while its prompt still waits for the person. */
  readonly unasked: boolean
  readonly turned: boolean
  /** Another call that may ask the person began at the same millisecond and was in flight with it. */
  readonly twinned: boolean
  /** What the phone keeps for the app, before and after. */
  readonly items: { readonly before: number; readonly after: number } | null
  /** It asked again after a dismissal: effects before the first prompt, and before the other. */
  readonly again: { readonly first: number; readonly again: number } | null
  /** Items that the last restored backup held; null where none was restored. */
  readonly restored: number | null
}

/** What a write took the place of, where that was not an entry in good order. */
export type Replaced = 'invalidated' | 'restored' | 'reinstalled' | null
