import type { Trace } from '../contract/device.ts'
import type { Event, Leaky, Observation, Outcome } from '../contract/history.ts'
import type { OperationName } from '../contract/operations.ts'
import type { Answer } from '../contract/vault.ts'
import { findLeaks, type UsedSecrets } from './leaks.ts'
import type { Target } from './target.ts'

/** What a vault says beside what it was asked for: apps log it, and reports show it. */
export interface Said {
  readonly where: 'an error' | 'a list of names' | 'the audit log' | 'a signed text'
  readonly text: string
}

/** The texts of a failure, names that nobody gave, and what is meant for others: entries of a log, signed texts. */
export function saidBeside(answer: Answer, names: () => ReadonlySet<string>, op: OperationName): readonly Said[] {
  switch (answer.is) {
    case 'ok':
      return Array.isArray(answer.value)
        ? (answer.value as readonly unknown[])
            .filter((name): name is string => typeof name === 'string' && !names().has(name))
            .map((text) => ({ where: op === 'entries' ? 'the audit log' : 'a list of names', text }))
        : typeof answer.value === 'string' && op === 'sign'
          ? [{ where: 'a signed text', text: answer.value }]
          : []
    case 'fail':
      return answer.failure.reason === undefined ? [] : [{ where: 'an error', text: answer.failure.reason }]
    case 'native': {
      const { domain, code, type, message } = answer.native
      return [domain, code, type, message]
        .filter((text): text is string => typeof text === 'string' && text !== '')
        .map((text) => ({ where: 'an error', text }))
    }
    default:
      // The adapter's fault is told where the answer is taken.
      return []
  }
}

export interface LeakSearch {
  readonly target: Target
  readonly namespace: string
  readonly used: UsedSecrets
  readonly said: readonly Said[]
  observe(observation: Observation): void
}

/** Searches everything that a program left for what the vault was given. True where its answers held any of it. */
export async function searchForLeaks({ target, namespace, used, said, observe }: LeakSearch): Promise<boolean> {
  const { device, description } = target
  const text = description.values === 'text'
  let inAnswers = false
  const search = (place: Leaky, where: string, content: Uint8Array) => {
    for (const leak of findLeaks(content, used, text)) observe({ probe: 'leak', in: place, where, ...leak })
  }
  const bytes = { output: 0, file: 0, keyring: 0, process: 0 }
  let files = 0
  const take = (trace: Trace) => {
    bytes[trace.in] += trace.bytes.length
    if (trace.in === 'file') files++
    search(trace.in, trace.where, trace.bytes)
  }
  for (const { where, text: told } of said) {
    const content = Buffer.from(told)
    if (findLeaks(content, used, text).length > 0) inAnswers = true
    search('answer', where, content)
  }
  take({ in: 'output', where: 'standard error', bytes: Buffer.from(target.takeErrors(), 'utf8') })
  for await (const trace of device.traces(namespace)) take(trace)
  observe({ probe: 'log-sweep', bytes: bytes.output })
  observe({ probe: 'file-sweep', files, bytes: bytes.file })
  if (bytes.keyring > 0) observe({ probe: 'keyring-sweep', bytes: bytes.keyring })
  const { sight } = device
  if (sight === undefined) return inAnswers
  for (const trace of await sight.takeProcesses()) take(trace)
  if (bytes.process > 0) observe({ probe: 'process-sweep', bytes: bytes.process })
  const made = await sight.takeFiles()
  if (made !== null) observe({ probe: 'files', ...made })
  return inAnswers
}

const leftOut = '(left out: it held a secret)'

/** The event without what its vault said beside the answer, where that holds a secret. */
export function withoutSecrets(event: Event, used: UsedSecrets, text: boolean): Event {
  if (event.type !== 'return') return event
  const holds = (told: unknown) => typeof told === 'string' && findLeaks(Buffer.from(told), used, text).length > 0
  return { ...event, outcome: cleaned(event.outcome, holds) }
}

function cleaned(outcome: Outcome, holds: (told: unknown) => boolean): Outcome {
  switch (outcome.is) {
    case 'ok':
      return Array.isArray(outcome.value)
        ? { is: 'ok', value: (outcome.value as readonly string[]).map((name) => (holds(name) ? leftOut : name)) }
        : outcome
    case 'fail': {
      const { failure, native } = outcome
      const told = holds(failure.reason) ? { ...failure, reason: leftOut } : failure
      if (native === undefined) return { ...outcome, failure: told }
      const { domain, code, type } = native
      return {
        ...outcome,
        failure: told,
        native: {
          ...native,
          domain: holds(domain) ? leftOut : domain,
          code: holds(code) ? leftOut : code,
          type: holds(type) ? leftOut : type,
        },
      }
    }
    case 'info':
      return outcome
  }
}
