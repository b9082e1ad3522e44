import type { Description } from '../harness/contract/description.ts'
import type { Environment } from '../harness/contract/environment.ts'
import type { Effort, FailureRecord, StreamRecord } from '../harness/contract/stream.ts'
import type { Verdict } from '../harness/contract/verdict.ts'

type RecordOf<T extends StreamRecord['type']> = Extract<StreamRecord, { readonly type: T }>

/** One requirement on one target, with how far the verdict can be trusted. */
export interface Judged {
  readonly requirement: string
  readonly verdict: Verdict
  readonly effort: Effort
  /** False where its row is later than the set of the run: it is told, and decides nothing. */
  readonly scored: boolean
}

export interface TargetTally {
  readonly target: string
  readonly vault: string
  readonly device: string
  readonly description: Description | null
  readonly environment: Environment | null
  readonly smoke: RecordOf<'smoke'> | null
  /** In the order of the run's requirements, one each; less where the target is judged on less. */
  readonly judged: readonly Judged[]
  readonly failures: readonly FailureRecord[]
  readonly errors: readonly RecordOf<'target-error'>[]
  readonly scenarios: readonly RecordOf<'scenario'>[]
  /** On a phone behind a driver: what its programs took. */
  readonly spent: RecordOf<'spent'> | null
  /** Where several phones shared it. */
  readonly phones: readonly RecordOf<'phone'>[]
  /** How often each situation occurred, over all scenarios. */
  readonly situations: ReadonlyMap<string, number>
}

/** What a run says, gathered by target: what every report is made from. */
export interface Tally {
  readonly run: RecordOf<'run'> | null
  readonly targets: readonly TargetTally[]
  /** Null where the run was cut. */
  readonly end: RecordOf<'end'> | null
}

/** Gathers the records of a run. Every requirement of the run gets a line for every target that is to be
 * judged on it, judged or not. */
export function tally(records: readonly StreamRecord[]): Tally {
  const of = <T extends StreamRecord['type']>(type: T): readonly RecordOf<T>[] =>
    records.filter((record): record is RecordOf<T> => record.type === type)
  const run = of('run')[0] ?? null
  const end = of('end').at(-1) ?? null
  const names = new Set(run?.targets)
  for (const record of records) if ('target' in record) names.add(record.target)

  const targets = [...names].map((target): TargetTally => {
    const mine = <T extends { readonly target: string }>(all: readonly T[]): readonly T[] =>
      all.filter((record) => record.target === target)
    const about = mine(of('target')).at(-1)
    const errors = mine(of('target-error'))
    const scenarios = mine(of('scenario'))
    const verdicts = new Map(mine(of('verdict')).map((record) => [record.requirement, record]))
    const requirements = new Set([...(about?.requirements ?? run?.requirements ?? []), ...verdicts.keys()])
    return {
      target,
      vault: about?.vault ?? target.split('@', 1)[0] ?? target,
      device: about?.device ?? target.slice(target.lastIndexOf('@') + 1),
      description: about?.description ?? null,
      environment: mine(of('environment')).at(-1)?.environment ?? null,
      smoke: mine(of('smoke')).at(-1) ?? null,
      judged: [...requirements].map((id) => judgedOf(id, verdicts.get(id), errors[0])),
      failures: mine(of('failure')),
      errors,
      scenarios,
      spent: mine(of('spent')).at(-1) ?? null,
      phones: mine(of('phone')),
      situations: situationsOf(scenarios),
    }
  })
  return { run, targets, end }
}

const noEffort: Effort = { programs: 0, situations: 0, twins: 0 }

function judgedOf(
  requirement: string,
  record: RecordOf<'verdict'> | undefined,
  error: RecordOf<'target-error'> | undefined,
): Judged {
  if (record === undefined) return { requirement, verdict: unjudged(error), effort: noEffort, scored: true }
  const { verdict, effort } = record
  const scored = record.scored !== false
  // Nothing looked at is never a pass, whatever the stream says.
  if (verdict.is === 'pass' && (effort.programs === 0 || effort.situations === 0)) {
    const why = 'it was called a pass, yet what it needs never happened, so nothing was checked'
    return { requirement, verdict: { is: 'harness-error', why }, effort, scored }
  }
  return { requirement, verdict, effort, scored }
}

function unjudged(error: RecordOf<'target-error'> | undefined): Verdict {
  if (error === undefined) return { is: 'harness-error', why: 'the run ended before this was judged' }
  return error.cause === null
    ? { is: 'harness-error', why: error.sentence }
    : { is: 'not-testable', cause: error.cause, why: error.sentence }
}

function situationsOf(scenarios: readonly RecordOf<'scenario'>[]): ReadonlyMap<string, number> {
  const situations = new Map<string, number>()
  for (const scenario of scenarios)
    for (const [name, times] of Object.entries(scenario.situations))
      situations.set(name, (situations.get(name) ?? 0) + times)
  return situations
}
