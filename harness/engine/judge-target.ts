import { smoke } from '../adapters/smoke.ts'
import { DeviceFault } from '../contract/device.ts'
import type { Environment } from '../contract/environment.ts'
import type { Effort, FailureRecord, StreamRecord } from '../contract/stream.ts'
import type { PinRef, ValueRef } from '../contract/values.ts'
import type { Cause, Verdict } from '../contract/verdict.ts'
import type { Baseline } from '../judging/baseline.ts'
import { exemption, verdictOf } from '../judging/verdict.ts'
import { lacking, type Requirement } from '../requirements/requirement.ts'
import { scenarios } from '../scenarios/index.ts'
import type { Ground, Scenario } from '../scenarios/scenario.ts'
import { estimate } from './estimate.ts'
import { explore, type Ledger } from './explore.ts'
import { failureRecord } from './failure-record.ts'
import { filmEnrolment } from './film-enrolment.ts'
import { withoutSecrets } from './own-records.ts'
import { RestoreFault } from './session.ts'
import { type OtherPhone, shareTarget } from './share-target.ts'
import { spentOn } from './spent-on.ts'
import { AdapterFault, type Target } from './target.ts'

/** What may be spent on one target. */
export interface Budget {
  /** Programs per scenario. */
  readonly programs: number
  /** Commands in a program, at most. */
  readonly commands: number
  /** Executions to shrink one failure. */
  readonly shrinkRuns: number
}

export interface JudgeTargetOptions {
  /** The target's name, as `reference@model`. */
  readonly name: string
  /** How the vault was asked for: `module:./file.ts`. */
  readonly vault: string
  readonly version: string
  readonly seed: number
  readonly budget: Budget
  readonly requirements: readonly Requirement[]
  /** Ids of those whose verdicts are not scored; default: none. */
  readonly unscored?: readonly string[]
  /** Leave out scenarios that are made to reach nothing of what is judged. */
  readonly aimed?: boolean
  readonly baseline: Baseline
  /** YYYY-MM-DD. */
  readonly today: string
  /** Unique to the run where targets are real; fixed where they are simulated. */
  readonly prefix: string
  readonly deadlineMs: number
  readonly cut: () => string | null
  readonly beat: () => void
  /** What is never reached on this target at the full budget is our own fault. */
  readonly mustReach: boolean
  /** Phones that share its programs, beside the first, which is called `phone`. */
  readonly phone?: string
  readonly others?: readonly OtherPhone[]
}

/**
 * Judges one target from calibration to verdicts. Yields the records of the stream; adapters' and devices' faults
 * end it early with a `target-error`, and every requirement still gets its verdict.
 */
export async function* judgeTarget(
  open: () => Promise<Target>,
  options: JudgeTargetOptions,
): AsyncGenerator<StreamRecord> {
  const given = new Map<string, ValueRef | PinRef>()
  let text = false
  for await (const record of judgeOpened(open, options, given)) {
    if (record.type === 'target') text = record.description.values === 'text'
    yield withoutSecrets(record, options.name, given, text)
  }
}

async function* judgeOpened(
  open: () => Promise<Target>,
  options: JudgeTargetOptions,
  given: Map<string, ValueRef | PinRef>,
): AsyncGenerator<StreamRecord> {
  const { name } = options
  let target: Target
  try {
    target = await open()
  } catch (error) {
    yield* unjudged(options, error instanceof AdapterFault ? 'adapter' : 'environment', messageOf(error))
    return
  }
  await using opened = target
  const { description, device } = opened
  const requirements = options.requirements.map(({ id }) => id)
  yield { type: 'target', target: name, vault: options.vault, device: device.name, description, requirements }
  let environment: Environment
  try {
    environment = await device.calibrate()
  } catch (error) {
    yield* unjudged(options, 'environment', `${device.name} could not be calibrated: ${messageOf(error)}`)
    return
  }
  yield { type: 'environment', target: name, environment }
  const tried = await smoke(opened, `${options.prefix}-smoke`, options.deadlineMs)
  yield { type: 'smoke', target: name, ok: tried.ok, blame: tried.blame, sentence: tried.sentence }
  if (!tried.ok && tried.stop) {
    yield* unjudged(options, tried.blame === 'environment' ? 'environment' : 'adapter', tried.sentence)
    return
  }
  yield* judgeExplored(opened, environment, options, given)
}

async function* judgeExplored(
  target: Target,
  environment: Environment,
  options: JudgeTargetOptions,
  given: Map<string, ValueRef | PinRef>,
): AsyncGenerator<StreamRecord> {
  const { name } = options
  const { description, device } = target
  const judged = options.requirements.filter(
    (requirement) =>
      exemption(requirement, description) === null && lacking(requirement, environment, description).length === 0,
  )
  const { effects } = device
  const { prefix, deadlineMs, beat } = options
  await using run = await shareTarget(target, {
    first: options.phone ?? device.name,
    others: options.others ?? [],
    environment,
    session: { prefix, deadlineMs, beat, given },
  })
  const chosen = options.aimed === true ? aimedAt(judged) : scenarios
  const ground: Ground = {
    description,
    controls: device.controls,
    others: device.severalProcesses === true,
    timePasses: effects === undefined,
    commands: options.budget.commands,
  }
  const exploration = explore(run, {
    requirements: judged,
    scenarios: chosen,
    ground,
    seed: options.seed,
    programs: options.budget.programs,
    shrinkRuns: options.budget.shrinkRuns,
    // On a phone more goes on than a program says: what it shows is tried three times again.
    replays: effects !== undefined ? 0 : device.watched === undefined ? 2 : 3,
    cut: options.cut,
  })
  const failures: FailureRecord[] = []
  let cut: string | null = null
  let cutBy: Cause = 'budget'
  let ledger: Ledger | null = null
  try {
    const { seed, budget } = options
    const guess = await estimate(target, run.runFirst, {
      ...{ target: name, scenarios: chosen, ground, seed, programs: budget.programs, phones: run.phones },
    })
    if (guess !== null) yield guess
    for (let next = await exploration.next(); ; next = await exploration.next()) {
      if (next.done === true) {
        ledger = next.value
        break
      }
      const step = next.value
      if (step.step === 'progress')
        yield { type: 'progress', target: name, scenario: step.scenario, programs: step.programs, of: step.of }
      else if (step.step === 'scenario') {
        cut ??= step.count.cut
        yield { type: 'scenario', target: name, ...step.count }
      } else {
        const { found } = step
        const failure = failureRecord({
          ...found,
          scenario: found.scenario.id,
          target: name,
          holdfast: options.version,
        })
        failures.push(failure)
        yield failure
      }
    }
    const film = cut === null ? await filmEnrolment(target, run.first, name) : null
    if (film !== null) yield film
  } catch (error) {
    const [cause, blame] = faultOf(error)
    yield { type: 'target-error', target: name, blame, cause, sentence: messageOf(error) }
    cut = messageOf(error)
    cutBy = cause ?? cutBy
    if (cause === null) {
      yield* verdictsFor(options, { is: 'harness-error', why: cut ?? '' })
      return
    }
  }
  yield* spentOn(name, device, run)
  for (const requirement of options.requirements) {
    const effort = ledger?.effort.get(requirement.id) ?? noEffort
    const verdict = verdictOf({
      requirement,
      description,
      environment,
      effort,
      held: ledger?.held.get(requirement.id) ?? 0,
      fingerprints: failures
        .filter((failure) => failure.requirement === requirement.id)
        .map(({ fingerprint }) => fingerprint),
      target: name,
      baseline: options.baseline,
      today: options.today,
      cut,
      cutBy,
      mustReach: options.mustReach,
    })
    yield verdictRecord(options, requirement.id, verdict, effort)
  }
}

/** The scenarios that are made to reach what is judged: where little is judged, little is run. */
function aimedAt(judged: readonly Requirement[]): readonly Scenario[] {
  const wanted = new Set(judged.flatMap(({ judges }) => judges))
  const aimed = scenarios.filter(({ reaches }) => reaches.some((situation) => wanted.has(situation)))
  return aimed.length > 0 ? aimed : scenarios
}

const noEffort: Effort = { programs: 0, situations: 0, twins: 0 }
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Whose fault it is that the run could not go on. A null cause is a fault of ours. */
function faultOf(error: unknown): readonly [Cause | null, 'adapter' | 'vault' | 'harness' | 'environment'] {
  if (error instanceof DeviceFault) return ['environment', 'environment']
  if (error instanceof AdapterFault) return ['adapter', 'adapter']
  // A vault that cannot be put back cannot be judged, and must never pass: ours to solve, with its author.
  return [null, error instanceof RestoreFault ? 'vault' : 'harness']
}

function verdictRecord(
  { name, unscored = [] }: JudgeTargetOptions,
  requirement: string,
  verdict: Verdict,
  effort: Effort,
): StreamRecord {
  const aside = unscored.includes(requirement) ? { scored: false as const } : {}
  return { type: 'verdict', target: name, requirement, verdict, effort, ...aside }
}

function* verdictsFor(options: JudgeTargetOptions, verdict: Verdict): Generator<StreamRecord> {
  for (const { id } of options.requirements) yield verdictRecord(options, id, verdict, noEffort)
}

function* unjudged(
  options: JudgeTargetOptions,
  cause: 'adapter' | 'environment',
  why: string,
): Generator<StreamRecord> {
  yield { type: 'target-error', target: options.name, blame: cause, cause, sentence: why }
  yield* verdictsFor(options, { is: 'not-testable', cause, why })
}
