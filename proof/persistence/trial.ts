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

/** One client of a trial. */
interface Client {
  readonly target: Target
  readonly namespace: string
  /** Sets a vault up where that is needed, and writes the entry that nobody touches afterwards. What failed; null where nothing did. */
  prepare(): Promise<string | null>
  write(): Promise<string | null>
  /** Opens a vault that has to be opened, in a fresh process. */
  open(): Promise<void>
  get(name: string): Promise<Read>
  remove(): Promise<void>
}

/**
 * Writes two entries by each target, the second by all at the same time, does what the event says, and reads both by fresh
 * processes. What is judged is what was read, never an exit code. Where the last write is acknowledged, the event begins with nothing in between.
 * @param targets on the same device
 */
export async function trial(
  targets: readonly Target[],
  event: PersistenceEvent,
  edge: TrialEdge,
): Promise<readonly Seen[]> {
  const [first] = targets
  if (first === undefined) return []
  const { device } = first
  const clients = targets.map((target, n) => clientOf(target, { ...edge, namespace: `${edge.namespace}-${n}` }))
  const kill = async () => {
    for (const { target } of clients) await target.kill()
  }
  const take = async (step: Step) => {
    if ('wait' in step) return edge.wait(step.wait)
    // A power cut takes the processes with it.
    if (step.control === 'cut-power') for (const { target } of clients) target.letGo?.()
    else if (touchesOf(step) === 'app') await kill()
    if (step.control !== 'kill-app') await device.apply(step)
  }
  await device.restore()
  for (const { target, namespace } of clients) await target.begin(namespace)
  for (const step of event.before ?? []) await take(step)
  const unready: (string | null)[] = []
  for (const client of clients) unready.push(await client.prepare())
  for (const step of event.meanwhile ?? []) await take(step)
  const refusals = await Promise.all(clients.map(async (client, n) => unready[n] ?? (await client.write())))
  const undone = event.meanwhile !== undefined
  if (undone || refusals.some((refused) => refused === null)) for (const step of event.steps) await take(step)
  await kill()
  const seen: Seen[] = []
  for (const [n, client] of clients.entries()) {
    const answer = refusals[n] ?? null
    const unlock = () => device.apply({ control: 'unlock-keyring' })
    if (answer === null) seen.push(await judged(client, unlock))
    else if (unready[n] !== null || !undone) seen.push({ fate: 'refused', answer })
    else {
      await client.open()
      seen.push({ fate: (await isWhole(client)) ? 'refused' : 'neighbour', answer })
    }
  }
  // What a trial leaves in the kernel's keyring would outlive a container.
  await device.restore()
  for (const client of clients) await client.remove()
  return seen
}

function clientOf(target: Target, { namespace, callMs }: TrialEdge): Client {
  const { description, device } = target
  const lifecycle = description.profiles.includes('lifecycle')
  const ask = async (call: VaultCall): Promise<Answer | null> => {
    let stop: () => void = () => {}
    const late = new Promise<null>((resolve) => {
      const timer = setTimeout(resolve, callMs, null)
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
  const done = async (call: VaultCall) => codeOf(call, await ask(call))
  const put = (name: string, text: string) =>
    done({ op: 'put', name, value: description.values === 'text' ? text : Buffer.from(text) })
  return {
    target,
    namespace,
    async prepare() {
      const unmade = lifecycle ? await done({ op: 'setUp' }) : null
      return unmade ?? (await put(other, untouched))
    },
    write: () => put(entry, written),
    async open() {
      if (lifecycle) await done({ op: 'unlock' })
    },
    async get(name) {
      const call: VaultCall = { op: 'get', name }
      const answer = await ask(call)
      const code = codeOf(call, answer)
      if (code !== null) return { code }
      const value: unknown = answer?.is === 'ok' ? answer.value : null
      return { value: typeof value === 'string' ? value : Buffer.from(value as Uint8Array).toString('utf8') }
    },
    async remove() {
      for (const name of [entry, other]) await ask({ op: 'delete', name }).catch(() => null)
      await target.kill()
      await device.sweep(namespace)
    },
  }
}

/** Whether the entry that nobody touched is as it was. */
async function isWhole(client: Client): Promise<boolean> {
  const beside = await client.get(other)
  return 'value' in beside && beside.value === untouched
}

/** Reads both entries, and once more after unlocking where the store says that it is locked. */
async function judged(client: Client, unlock: () => Promise<unknown>): Promise<Seen> {
  const { open, get } = client
  await open()
  const first = await get(entry)
  const locked = 'code' in first && first.code !== 'not-found'
  if (locked) {
    await unlock()
    await open()
  }
  const read = locked ? await get(entry) : first
  const whole = await isWhole(client)
  if ('code' in read) {
    if (read.code === 'not-found') return { fate: 'lost', answer: read.code }
    return { fate: read.code === 'unanswered' ? 'unanswered' : 'failed', answer: read.code }
  }
  if (read.value !== written) return read.value === '' ? { fate: 'changed', answer: 'empty' } : { fate: 'changed' }
  if (!whole) return { fate: 'neighbour' }
  return locked && 'code' in first ? { fate: 'locked', answer: first.code } : { fate: 'kept' }
}
