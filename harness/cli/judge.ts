import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { relative } from 'node:path'
import type { Environment, Fidelity } from '../contract/environment.ts'
import { type StreamRecord, streamVersion } from '../contract/stream.ts'
import { createPhonePool, type PhonePool } from '../engine/phone-pool.ts'
import { type Baseline, BaselineError, readBaseline } from '../judging/baseline.ts'
import { type Demand, endOf, type Judged } from '../judging/exit.ts'
import { requirementOf, requirements } from '../requirements/index.ts'
import { currentSet, scored } from '../requirements/set.ts'
import { isSimulated } from './devices.ts'
import type { JudgeOptions, TargetSpec } from './engine.ts'
import { patienceOf } from './patience.ts'
import { queue } from './queue.ts'
import { type ReachedPhone, runPooled } from './run-pooled.ts'
import { runWorker } from './run-worker.ts'
import type { WorkerTask } from './target-worker.ts'
import { UsageError } from './usage-error.ts'
import { version } from './version.ts'

/** Targets that reach every situation at the default budget, or we are at fault. */
const references: ReadonlySet<string> = new Set([
  'reference@model',
  'reference@virtual-android',
  'reference@virtual-ios',
])

/** Runs one task to its end, with its records. */
export type RunTask = (task: WorkerTask, put: (record: StreamRecord) => void, stop: AbortSignal) => Promise<void>

/**
 * Judges targets, each in a worker of its own. Yields the records of the stream: the first is `run`, the last `end`
 * with the exit code. A reader that leaves early ends the targets that still run.
 * @param runTask where a target is judged. Default: in a worker of its own
 * @throws UsageError where the baseline cannot be used
 */
export async function* judge(
  targets: readonly TargetSpec[],
  options: JudgeOptions,
  runTask: RunTask = runWorker,
): AsyncGenerator<StreamRecord> {
  const began = performance.now()
  const baseline = await loadBaseline(options.baseline)
  const chosen = requirements.filter(
    ({ id, profiles }) =>
      (options.only === null || options.only.includes(id)) &&
      (options.profile === null || profiles.some((profile) => profile === options.profile)),
  )
  const now = new Date()
  yield {
    type: 'run',
    stream: streamVersion,
    holdfast: version(),
    seed: options.seed,
    set: currentSet.set,
    budget: budgetTold(options),
    started: now.toISOString(),
    targets: targets.map(({ name }) => name),
    requirements: chosen.map(({ id }) => id),
  }
  const records = queue<StreamRecord>()
  const unique = `holdfast-${process.pid.toString(36)}${randomBytes(3).toString('hex')}`
  const task = async (spec: TargetSpec): Promise<WorkerTask> => ({
    spec,
    version: version(),
    seed: options.seed,
    programs: options.programs,
    until: options.budgetMs === null ? null : Date.now() + options.budgetMs,
    full: options.full === true,
    requirements: chosen
      .filter(({ profiles }) => spec.profile === undefined || profiles.includes(spec.profile))
      .map(({ id }) => id),
    // What is asked for by its id is to be answered.
    unscored: options.only === null ? chosen.flatMap(({ id }) => (scored(id) ? [] : [id])) : [],
    baseline,
    today: now.toISOString().slice(0, 10),
    prefix: isSimulated(spec.device) ? 'holdfast' : unique,
    allowLoginKeyring: options.allowLoginKeyring,
    cwd: process.cwd(),
    compileCache: process.env.NODE_COMPILE_CACHE ?? null,
    patience: { ...patienceOf(spec.device), ...options.patience },
    mustReach: references.has(spec.name) && options.programs === null && options.budgetMs === null,
  })
  const pools = new Map<string, PhonePool<ReachedPhone>>()
  /** Targets on one pool share its phones. */
  const running = (spec: TargetSpec): RunTask => {
    if (spec.pool === undefined) return runTask
    const probe = (phone: ReachedPhone) => inOrder({ ...spec, device: phone.name, phone: phone.entry, pool: undefined })
    const pool = pools.get(spec.device) ?? createPhonePool(spec.pool, probe)
    pools.set(spec.device, pool)
    // Each target on it has its part of the phones, and one at least.
    const on = targets.filter(({ device }) => device === spec.device).length
    return runPooled(pool, runTask, Math.max(1, Math.floor(spec.pool.length / on)))
  }
  // Phones wait more than they work: all of a pool may be at it.
  const poolSizes = targets.map(({ pool }) => pool?.length ?? 0)
  const leaving = new AbortController()
  const stop = options.signal === undefined ? leaving.signal : AbortSignal.any([leaving.signal, options.signal])
  const work = inTurn(targets, Math.max(3, availableParallelism(), ...poolSizes), async (spec) => {
    if (!stop.aborted) await running(spec)(await task(spec), (record) => records.put(record), stop)
  }).then(
    () => records.end(),
    (error: unknown) => records.fail(error),
  )
  const sum = summing(targets)
  try {
    for await (const record of records) {
      sum.take(record)
      yield record
    }
  } finally {
    leaving.abort()
    await work
  }
  const tookMs = Math.round(performance.now() - began)
  if (options.signal?.aborted === true) {
    yield { type: 'end', exit: 130, sentence: 'Interrupted: what was judged until then is above.', tookMs }
    return
  }
  const end = endOf(sum.judged, sum.faults, options.strict, demandOf(options.require ?? null))
  yield { type: 'end', exit: end.exit, sentence: [end.sentence, ...sum.cuts].join(' '), tookMs }
}

/** Whether a phone can be reached, and its app answers. */
async function inOrder(spec: TargetSpec): Promise<boolean> {
  const { smoke } = await import('./smoke.ts')
  return (await smoke(spec, { allowLoginKeyring: false })).blame !== 'environment'
}

async function loadBaseline(path: string | null): Promise<Baseline> {
  if (path === null) return { known: [] }
  try {
    return readBaseline(
      await readFile(path, 'utf8'),
      relative(process.cwd(), path),
      (id) => requirementOf(id) !== undefined,
    )
  } catch (error) {
    if (error instanceof BaselineError) throw new UsageError(error.message, { cause: error })
    throw error
  }
}

function budgetTold({ full, programs, budgetMs }: JudgeOptions): string {
  const most = programs === null ? (full === true ? 'full' : 'quick') : `${programs} programs`
  return budgetMs === null ? most : `${most}, no new one after ${budgetMs / 1000} s`
}

const demandOf = (require: string | null): Demand | null => {
  if (require === null) return null
  const [profile = '', fidelity] = require.split('@')
  return { profile, fidelity: (fidelity as Fidelity | undefined) ?? null }
}

/** Collects what the end of a run follows from. */
function summing(targets: readonly TargetSpec[]) {
  const judged: Judged[] = []
  const faults: string[] = []
  const cuts = new Map<string, string>()
  const environments = new Map<string, Environment>()
  return {
    judged,
    faults,
    /** Where targets were cut short, a sentence each; those with a fault say so themselves. */
    get cuts() {
      return [...cuts].flatMap(([target, sentence]) => (faults.includes(target) ? [] : [sentence]))
    },
    take(record: StreamRecord) {
      if (record.type === 'environment') environments.set(record.target, record.environment)
      if (record.type === 'target-error') faults.push(record.target)
      if (record.type === 'scenario' && record.cut !== null && !cuts.has(record.target))
        cuts.set(record.target, `${record.target} was cut in its scenario ${record.scenario}: ${record.cut}.`)
      if (record.type !== 'verdict') return
      const requirement = requirementOf(record.requirement)
      if (requirement === undefined) return
      judged.push({
        target: record.target,
        requirement: record.requirement,
        level: requirement.level,
        profiles: requirement.profiles,
        fidelity: environments.get(record.target)?.fidelity ?? 'F0',
        verdict: record.verdict,
        scored: record.scored !== false,
      })
    },
    targets,
  }
}

async function inTurn<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items]
  const lane = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane))
}
