import { mapNative } from '../../harness/adapters/mapping.ts'
import { touchesOf } from '../../harness/contract/controls.ts'
import type { VaultCall } from '../../harness/contract/operations.ts'
import type { Answer } from '../../harness/contract/vault.ts'
import type { Target } from '../../harness/engine/target.ts'
import type { PersistenceEvent, Step } from './events.ts'
import type { Seen } from './fates.ts'

export interface TrialEdge {
  /** Fresh for each trial. */
  readonly namespace: string
  /** Resolves after so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>
  /** Milliseconds that a call may take. */
  readonly callMs: number
}

const [entry, other] = ['a', 'b']
const written = 'acknowledged'
const untouched = 'of another entry'

type Read = { readonly value: string } | { readonly code: string }

/**
 * Writes two entries, does what the event says, and reads both by a fresh process. What is judged is what was read, never
 * an exit code. Where the second write is acknowledged, the event begins with nothing in between.
 */
export async function trial(target: Target, event: PersistenceEvent, edge: TrialEdge): Promise<Seen> {
  const { device, description } = target
  const ask = async (call: VaultCall): Promise<Answer | null> => {
    let stop: () => void = () => {}
    const late = new Promise<null>((resolve) => {
      const timer = setTimeout(resolve, edge.callMs, null)
      stop = () => clearTimeout(timer)
    })
    try {
      return await Promise.race([target.invoke(call), late])
    } finally {
      stop()
    }
  }
  const codeOf = (call: VaultCall, answer: Answer | null): string | null => {
    if (answer === null) return 'unanswered'
    if (answer.is === 'ok') return null
    return answer.is === 'fail' ? answer.failure.code : mapNative(description.mapping, answer.native, call.op).code
  }
  const put = async (name: string, text: string) => {
    const call: VaultCall = { op: 'put', name, value: description.values === 'text' ? text : Buffer.from(text) }
    return codeOf(call, await ask(call))
  }
  const get = async (name: string): Promise<Read> => {
    const call: VaultCall = { op: 'get', name }
    const answer = await ask(call)
    const code = codeOf(call, answer)
    if (code !== null) return { code }
    const value: unknown = answer?.is === 'ok' ? answer.value : null
    return { value: typeof value === 'string' ? value : Buffer.from(value as Uint8Array).toString('utf8') }
  }
  const take = async (step: Step) => {
    if ('wait' in step) return edge.wait(step.wait)
    if (touchesOf(step) === 'app') await target.kill()
    if (step.control !== 'kill-app') await device.apply(step)
  }

  await device.restore()
  await target.begin(edge.namespace)
  for (const step of event.before ?? []) await take(step)
  const [refusedOther, refused] = [await put(other, untouched), await put(entry, written)]
  if (refused !== null || refusedOther !== null) {
    await cleaned(target, edge)
    return { fate: 'refused', answer: refused ?? refusedOther ?? 'none' }
  }
  for (const step of event.steps) await take(step)
  await target.kill()
  const seen = await judged(get, () => device.apply({ control: 'unlock-keyring' }))
  await cleaned(target, edge)
  return seen
}

/** Reads both entries, and once more after unlocking where the store says that it is locked. */
async function judged(get: (name: string) => Promise<Read>, unlock: () => Promise<unknown>): Promise<Seen> {
  const first = await get(entry)
  const locked = 'code' in first && first.code !== 'not-found'
  if (locked) await unlock()
  const read = locked ? await get(entry) : first
  const beside = await get(other)
  if ('code' in read) {
    if (read.code === 'not-found') return { fate: 'lost', answer: read.code }
    return { fate: read.code === 'unanswered' ? 'unanswered' : 'failed', answer: read.code }
  }
  if (read.value !== written) return { fate: 'changed' }
  if (!('value' in beside) || beside.value !== untouched) return { fate: 'neighbour' }
  return locked && 'code' in first ? { fate: 'locked', answer: first.code } : { fate: 'kept' }
}

/** Takes away what the trial left: in the kernel's keyring it would outlive the container. */
async function cleaned(target: Target, { namespace, callMs, wait }: TrialEdge): Promise<void> {
  await target.device.restore()
  for (const name of [entry, other])
    await Promise.race([target.invoke({ op: 'delete', name }).catch(() => null), wait(callMs)])
  await target.kill()
  await target.device.sweep(namespace)
}
