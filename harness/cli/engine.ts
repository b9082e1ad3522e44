import type { PhoneEntry } from '../../devices/appium/phone-entry.ts'
import type { Platform } from '../contract/description.ts'
import type { Comparison } from '../contract/difference.ts'
import type { Fidelity } from '../contract/environment.ts'
import type { History } from '../contract/history.ts'
import type { Profile } from '../contract/operations.ts'
import type { Program } from '../contract/program.ts'
import type { FailureRecord, StreamRecord } from '../contract/stream.ts'
import type { Blame } from '../contract/verdict.ts'
import type { Patience } from './patience.ts'

/** One vault on one device, as it was asked for. */
export interface TargetSpec {
  /** `reference@model`: in streams, reports, baselines and tokens. */
  readonly name: string
  /** `module:./file.ts`, `stdio:command args` or `container:image command`. */
  readonly vault: string
  readonly device: string
  /** Only what is asked of this profile is judged; left out: everything. */
  readonly profile?: Profile | undefined
  /** Where `device` is a phone that the configuration names. */
  readonly phone?: PhoneEntry | undefined
  /** More phones that share its programs. */
  readonly also?: readonly { readonly name: string; readonly entry: PhoneEntry }[] | undefined
  /** Where `device` is a pool of them. */
  readonly pool?: readonly { readonly name: string; readonly entry: PhoneEntry }[] | undefined
}

export interface JudgeOptions {
  readonly seed: number
  /** Programs per scenario; null for the default. */
  readonly programs: number | null
  /** Milliseconds after which no new program begins; null for no limit. */
  readonly budgetMs: number | null
  /** Requirement ids; null for all. */
  readonly only: readonly string[] | null
  readonly profile: string | null
  readonly strict: boolean
  /** Path of the known failures. */
  readonly baseline: string | null
  readonly allowLoginKeyring: boolean
  readonly signal?: AbortSignal
  /** The full budget in place of the quick one. */
  readonly full?: boolean
  /** `store` or `store@F2`: that every MUST of it passes. */
  readonly require?: string | null
  /** What is left out is as usual. */
  readonly patience?: Partial<Patience>
}

export interface Named {
  readonly name: string
  readonly meaning: string
}

/** What people are told of any row of the catalogue. */
export interface RowText {
  readonly id: string
  readonly family: string
  readonly level: 'MUST' | 'SHOULD'
  readonly profiles: readonly string[]
  /** None: everywhere. */
  readonly platforms: readonly string[]
  readonly clause: string
  readonly threat: string
  readonly why: string
  readonly advice: string
  readonly sources: readonly string[]
  /** By id, with the title as meaning. */
  readonly weaknesses: readonly Named[]
}

/** A vault with one thing wrong that the check must catch. */
export interface Proof {
  /** Its file, from the root of the project. */
  readonly file: string
  readonly change: string
}

/** A requirement with its check. */
export interface RequirementRow extends RowText {
  /** What its environment must be proven to do. */
  readonly needs: readonly Named[]
  /** What must have happened for it to say anything, and the same where it must work. */
  readonly judges: readonly Named[]
  readonly twins: readonly Named[]
  readonly proofs: readonly Proof[]
  /** Whether it counts in the current set. */
  readonly scored: boolean
}

/** A row that no check decides, with the reason. */
export interface ExclusionRow extends RowText {
  readonly excluded: string
}

export interface DeviceRow {
  readonly name: string
  readonly fidelity: Fidelity
  /** Vaults that run there: processes, or modules written for these platforms. */
  readonly runs: readonly ('process' | 'page' | Platform)[]
  readonly meaning: string
  /** Controls of a phone that it lacks, or parts of them, each with the reason why. */
  readonly lacks?: readonly string[]
}

/** What a token holds, as far as the command line needs to know. */
export interface TokenContent {
  readonly target: string
  readonly requirement: string
  readonly program: Program
}

export interface Smoked {
  readonly ok: boolean
  readonly blame: Blame | null
  readonly sentence: string
}

export interface Replayed {
  readonly history: History
  /** Null where the requirement was not broken this time. */
  readonly failure: FailureRecord | null
  readonly sentence: string
  readonly exit: number
  /** Beside another target, where that was asked for. */
  readonly comparison?: Comparison
}

export interface SmokeOptions {
  readonly allowLoginKeyring: boolean
  /** What is left out is as usual. */
  readonly patience?: Partial<Patience>
}

export interface ReplayOptions extends SmokeOptions {
  /** Runs it there too, and compares. */
  readonly beside?: TargetSpec | null
}

/** A failure as it was recorded, to be shrunk further. */
export interface Recorded {
  readonly requirement: string
  /** The scenario that made it; null where that is not known. */
  readonly scenario: string | null
  /** How it failed; null where that is not known. */
  readonly fingerprint: string | null
  /** Programs in which it failed, to be tried in this order. */
  readonly programs: readonly Program[]
}

export interface ShrinkOptions extends SmokeOptions {
  /** Milliseconds after which no new execution begins. */
  readonly budgetMs: number
  readonly interrupted: AbortSignal
  /** Told before each execution: how many there were with it, and how many commands the shortest failing one has. */
  readonly onExecution: (executions: number, commands: number) => void
}

export interface Shrunken extends Replayed {
  readonly executions: number
}

/** All that the command line asks of the harness: a parameter, so that its tests need none of it. */
export interface Engine {
  judge(targets: readonly TargetSpec[], options: JudgeOptions): AsyncIterable<StreamRecord>
  requirements(): Promise<readonly RequirementRow[]>
  exclusions(): Promise<readonly ExclusionRow[]>
  devices(): Promise<readonly DeviceRow[]>
  /** What a device lacks on this machine, a sentence each with the command to get it; empty where it can run. */
  missing(device: string): Promise<readonly string[]>
  smoke(target: TargetSpec, options: SmokeOptions): Promise<Smoked>
  readToken(token: string): Promise<TokenContent>
  replay(token: string, target: TargetSpec, options: ReplayOptions): Promise<Replayed>
  shrink(recorded: Recorded, target: TargetSpec, options: ShrinkOptions): Promise<Shrunken>
}
