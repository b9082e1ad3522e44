import type { Control, ControlName } from '../../harness/contract/controls.ts'
import type { Trace } from '../../harness/contract/device.ts'
import type { PromptPhase } from '../../harness/contract/prompt.ts'
import type { Restoring } from '../../harness/contract/restoring.ts'

/** What a control came to. `prompt`: how one that was up ended by it, where that is known. */
export interface Applied {
  readonly result: 'done' | 'skipped'
  /** The person was not recognised. */
  readonly missed?: boolean
  readonly prompt?: PromptPhase
}
export const done: Applied = { result: 'done' }
export const skipped: Applied = { result: 'skipped' }

/** What a phone showed at one moment, as PNG. */
export interface Frame {
  readonly caption: string
  readonly png: Uint8Array
}

/** A phone that is driven from outside, with one app on it whose page has the bridge. Asked for one thing at a time. */
export interface DrivenPhone extends AsyncDisposable {
  readonly controls: ReadonlySet<ControlName>
  /** Why controls that a phone could have are not there, by control. */
  readonly lacks: Readonly<Record<string, string>>
  /** The app in front, its page ready to be asked. Starts it where it does not run. */
  showApp(): Promise<void>
  killApp(): Promise<void>
  /** Starts the app anew with this in its environment, or in its intent. Absent where there is no way to give it one. */
  launch?(environment: Readonly<Record<string, string>>): Promise<void>
  /** Has a port of the phone's loopback lead to one of ours, and tells which. Absent where both have one loopback. */
  leadHere?(port: number): Promise<number>
  /**
   * Gives lines to the bridge in the app's page, and takes what it has to say, at most after `waitMs`.
   * @throws PageGone where the app, its page or the session is gone
   * @throws Error where the page has no bridge that fits
   */
  exchange(lines: readonly string[], waitMs: number): Promise<readonly string[]>
  /** Runs a script in the app's page; its arguments are `arguments[0]` and so on. For probes of our own. */
  inPage(script: string, ...args: readonly string[]): Promise<unknown>
  /** What tells the prompt that is up from every other; null where none is. */
  prompt(): Promise<string | null>
  /** The same as the last control left it, where that was seen already. Absent where only another look tells. */
  promptLeft?(): Promise<string | null>
  /** The person does what the prompt asks for. False where nobody can. */
  answerPrompt(): Promise<boolean>
  apply(control: Control): Promise<Applied>
  /** Takes pictures while this is done: one of each screen that is met on the way. Absent where there is no way to go. */
  film?(doing: () => Promise<void>): Promise<readonly Frame[]>
  /** PIN, fingers, language and position as they were at first, the screen unlocked and no prompt up. */
  restore(): Promise<void>
  /** How `restore` also puts back what the app keeps. */
  readonly restoring: Restoring
  /** Starts of the phone since it is driven. */
  boots(): number
  /** How many items of the app a backup brought since the last call. Absent where nobody counts. */
  takeRestored?(): number | null
  /** Milliseconds that went by on the phone and not here, since somebody let them. */
  passed?(): number
  /** Software and versions. */
  software(): Promise<Readonly<Record<string, string>>>
  /** What programs on the way wrote since the last call, to be searched for secrets. */
  traces(): Promise<readonly Trace[]>
}

/** The app, its page or the session that led there is gone. */
export class PageGone extends Error {
  override readonly name = 'PageGone'
}
