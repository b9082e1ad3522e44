import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { relative } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Environment, Fidelity } from '../contract/environment.ts'
import { type StreamRecord, streamVersion } from '../contract/stream.ts'
import { type Baseline, BaselineError, readBaseline } from '../judging/baseline.ts'
import { type Demand, endOf, type Judged } from '../judging/exit.ts'
import { requirementOf, requirements } from '../requirements/index.ts'
import type { JudgeOptions, TargetSpec } from './engine.ts'
import { queue } from './queue.ts'
import type { WorkerTask, WorkerWord } from './target-worker.ts'
import { UsageError } from './usage-error.ts'
import { version } from './version.ts'

/** An event loop that does not turn for this long is held by an endless loop. Milliseconds. */
const silenceMs = 15_000
/** Interrupted targets get this long to release what they hold. Milliseconds. */
const farewellMs = 10_000

/**
 * Judges targets, each in a worker of its own. Yields the records of the stream: the first is `run`, the last `end`
 * with the exit code.
 * @throws UsageError where the baseline cannot be used
 */
export async function* judge(targets: readonly TargetSpec[], options: JudgeOptions): AsyncGenerator<StreamRecord> {
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
    budget: options.full === true ? 'full' : options.programs === null ? 'quick' : `${options.programs} programs`,
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
    requirements: chosen.map(({ id }) => id),
    baseline,
    today: now.toISOString().slice(0, 10),
    prefix: spec.device === 'model' ? 'holdfast' : unique,
    allowLoginKeyring: options.allowLoginKeyring,
    cwd: process.cwd(),
    // The reference reaches every situation at the default budget, or we are at fault.
    mustReach: spec.name === 'reference@model' && options.programs === null && options.budgetMs === null,
  })
  void inTurn(targets, Math.max(3, availableParallelism()), async (spec) =>
    runWorker(await task(spec), (record) => records.put(record), options.signal),
  ).then(
    () => records.end(),
    (error: unknown) => records.fail(error),
  )
  const sum = summing(targets)
  for await (const record of records) {
    sum.take(record)
    yield record
  }
  const tookMs = Math.round(performance.now() - began)
  if (options.signal?.aborted === true) {
    yield { type: 'end', exit: 130, sentence: 'Interrupted: what was judged until then is above.', tookMs }
    return
  }
  const end = endOf(sum.judged, sum.faults, options.strict, demandOf(options.require ?? null))
  yield { type: 'end', exit: end.exit, sentence: end.sentence, tookMs }
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

const demandOf = (require: string | null): Demand | null => {
  if (require === null) return null
  const [profile = '', fidelity] = require.split('@')
  return { profile, fidelity: (fidelity as Fidelity | undefined) ?? null }
}

/** Collects what the end of a run follows from. */
function summing(targets: readonly TargetSpec[]) {
  const judged: Judged[] = []
  const faults: string[] = []
  const environments = new Map<string, Environment>()
  return {
    judged,
    faults,
    take(record: StreamRecord) {
      if (record.type === 'environment') environments.set(record.target, record.environment)
      if (record.type === 'target-error') faults.push(record.target)
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

/** Runs one target in a worker until it is done, dead, or held by an endless loop. */
function runWorker(
  task: WorkerTask,
  put: (record: StreamRecord) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const target = task.spec.name
  const judged = new Set<string>()
  return new Promise((resolve) => {
    const file = new URL(import.meta.url.endsWith('.ts') ? './target-worker.ts' : './target-worker.js', import.meta.url)
    const worker = new Worker(file, { workerData: task, stdout: true, stderr: true })
    let silence: NodeJS.Timeout | undefined
    const give = (record: StreamRecord) => {
      if (record.type === 'verdict') judged.add(record.requirement)
      put(record)
    }
    const abandon = (blame: 'adapter' | 'harness', sentence: string) => {
      const cause = blame === 'adapter' ? 'adapter' : null
      give({ type: 'target-error', target, blame, cause, sentence })
      for (const requirement of task.requirements) {
        if (judged.has(requirement)) continue
        const effort = { programs: 0, situations: 0, twins: 0 }
        const verdict =
          cause === null
            ? ({ is: 'harness-error', why: sentence } as const)
            : ({ is: 'not-testable', cause, why: sentence } as const)
        give({ type: 'verdict', target, requirement, verdict, effort })
      }
    }
    let over = false
    const finish = () => {
      if (over) return
      over = true
      clearTimeout(silence)
      signal?.removeEventListener('abort', stop)
      resolve()
    }
    const listen = () => {
      clearTimeout(silence)
      silence = setTimeout(() => {
        abandon(
          'adapter',
          `The vault '${task.spec.vault}' held its thread for ${silenceMs / 1000} s: it loops without end.`,
        )
        void worker.terminate().then(finish)
      }, silenceMs)
    }
    const stop = () => {
      worker.postMessage('stop')
      setTimeout(() => void worker.terminate().then(finish), farewellMs).unref()
    }
    if (signal?.aborted === true) stop()
    signal?.addEventListener('abort', stop, { once: true })
    listen()
    worker.on('message', (word: WorkerWord) => {
      listen()
      if (word.say === 'record') give(word.record)
      if (word.say === 'preparing') give({ type: 'progress', target, scenario: word.step, programs: 0, of: 0 })
      if (word.say === 'done') finish()
    })
    worker.on('error', (error) => {
      if (!over) abandon('harness', `Holdfast failed on ${target}: ${error.message}`)
      finish()
    })
    worker.on('exit', () => {
      if (!over && signal?.aborted !== true)
        abandon('adapter', `The vault '${task.spec.vault}' ended the thread that it runs in.`)
      finish()
    })
  })
}
