import type { PhoneEntry } from '../../devices/appium/phone-entry.ts'
import type { StreamRecord } from '../contract/stream.ts'
import type { PhonePool, PooledPhone } from '../engine/phone-pool.ts'
import type { RunTask } from './judge.ts'
import type { WorkerTask } from './target-worker.ts'

/** A phone of a pool, with how it is reached. */
export interface ReachedPhone extends PooledPhone {
  readonly entry: PhoneEntry
}

/** What tells of the way to a phone alone: until then nothing that the vault did can be hidden by another try. */
const before: ReadonlySet<StreamRecord['type']> = new Set(['target', 'environment', 'target-error', 'verdict'])

interface Tried {
  /** The phone failed before the vault was asked for anything. */
  readonly unreached: boolean
  /** The phone failed at all. */
  readonly failed: boolean
  /** Names of phones that are told to have failed while several shared the target. */
  readonly failing: ReadonlySet<string>
}

const on = (
  { spec, ...task }: WorkerTask,
  { name, entry }: ReachedPhone,
  also: readonly ReachedPhone[],
): WorkerTask => ({
  ...task,
  spec: { ...spec, device: name, phone: entry, pool: undefined, ...(also.length === 0 ? {} : { also }) },
})

/**
 * Judges a target on phones of a pool: on one, and on more that are free. Where the first fails before the vault was asked
 * for anything, another is tried: later it would hide what the vault did.
 * @param most phones for one target
 */
export const runPooled =
  (pool: PhonePool<ReachedPhone>, runTask: RunTask, most = 1): RunTask =>
  async (task, put, stop) => {
    const tried = new Set<string>()
    let last: readonly StreamRecord[] = []
    while (!stop.aborted) {
      const phone = await pool.take(tried)
      if (phone === null) break
      tried.add(phone.name)
      const also = pool.takeFree(most - 1)
      const { unreached, failed, failing, held } = await attempt(on(task, phone, also), put, stop, runTask)
      for (const one of also) pool.give(one, failing.has(one.name) ? 'failed' : 'worked')
      pool.give(phone, failed || failing.has(phone.name) ? 'failed' : 'worked')
      if (!unreached) return
      last = held
    }
    if (last.length > 0) for (const record of last) put(record)
    else if (!stop.aborted) for (const record of noPhone(task)) put(record)
  }

const attempt = async (
  task: WorkerTask,
  put: (record: StreamRecord) => void,
  stop: AbortSignal,
  runTask: RunTask,
): Promise<Tried & { readonly held: readonly StreamRecord[] }> => {
  let held: StreamRecord[] = []
  let holding = true
  let failed = false
  const failing = new Set<string>()
  await runTask(
    task,
    (record) => {
      if (record.type === 'phone' && record.why !== null) failing.add(record.phone)
      if (record.type === 'target-error' && record.cause === 'environment') failed = true
      if (holding && !before.has(record.type)) {
        holding = false
        for (const one of held) put(one)
        held = []
      }
      if (holding) held.push(record)
      else put(record)
    },
    stop,
  )
  const unreached = holding && failed
  if (!unreached) for (const one of held) put(one)
  return { unreached, failed, failing, held }
}

const noPhone = ({ spec, requirements }: WorkerTask): readonly StreamRecord[] => {
  const why = `No phone of the pool ${spec.device} is in order.`
  const target = spec.name
  const effort = { programs: 0, situations: 0, twins: 0 }
  const verdict = { is: 'not-testable', cause: 'environment', why } as const
  return [
    { type: 'target-error', target, blame: 'environment', cause: 'environment', sentence: why },
    ...requirements.map((requirement) => ({ type: 'verdict' as const, target, requirement, verdict, effort })),
  ]
}
