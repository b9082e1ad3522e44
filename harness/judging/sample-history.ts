import type { Control } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import type { Event, History, Observation, Outcome } from '../contract/history.ts'
import type { AccessPolicy, Operation } from '../contract/operations.ts'
import type { PromptPhase } from '../contract/prompt.ts'
import type { ValueRef } from '../contract/values.ts'

/* Hand-written histories of phones, for tests of what is told from them. */

/** What happens between the invocation of a call and its return: a phase of its prompt, or a control. */
export type Between = PromptPhase | Control
interface CallStep {
  readonly op: Operation
  readonly outcome: Outcome
  readonly between: readonly Between[]
  readonly kept: readonly [number, number] | null
}
export type Step = CallStep | Control | Observation

export const value = (canary: number): ValueRef => ({ canary, size: 12, kind: 'text' })
export const ok: Outcome = { is: 'ok', value: null }
export const gave = (canary: number): Outcome => ({ is: 'ok', value: { is: 'canary', canary: value(canary) } })
export const fail = (code: Extract<Outcome, { is: 'fail' }>['failure']['code']): Outcome => ({
  is: 'fail',
  failure: { code },
})
export const stuck: Outcome = { is: 'info', why: 'stuck' }
export const killed: Outcome = { is: 'info', why: 'killed' }

export const call = (op: Operation, outcome: Outcome, ...between: readonly Between[]): CallStep => ({
  op,
  outcome,
  between,
  kept: null,
})
/** The same, with what the phone kept before and after. */
export const counted = (step: CallStep, before: number, after: number): CallStep => ({ ...step, kept: [before, after] })
export const put = (outcome: Outcome = ok, access: AccessPolicy = 'current-set', ...between: readonly Between[]) =>
  call({ op: 'put', name: 'a', value: value(1), access }, outcome, ...between)
/** A read that asked the person, who was recognised. */
export const read = (outcome: Outcome, ...between: readonly Between[]) =>
  call({ op: 'get', name: 'a' }, outcome, ...between)
export const asked = ['shown', 'matched'] as const

export function historyOf(...steps: readonly Step[]): History {
  const events: Event[] = []
  let calls = 0
  let prompts = 0
  let at = 0
  const stamp = (command: number) => ({ seq: events.length, at, boot: 0, command })
  const control = (command: number, done: Control) => {
    if (done.control === 'advance-clock') at += done.by
    events.push({ ...stamp(command), type: 'control', control: done, result: 'done' })
  }
  for (const [command, step] of steps.entries()) {
    if ('probe' in step) events.push({ ...stamp(command), type: 'observation', observation: step })
    else if ('control' in step) control(command, step)
    else {
      const id = calls++
      events.push({ ...stamp(command), type: 'invoke', call: id, op: step.op })
      for (const one of step.between) {
        if (typeof one !== 'string') control(command, one)
        else
          events.push({
            ...stamp(command),
            type: 'prompt',
            prompt: one === 'shown' ? prompts++ : prompts - 1,
            phase: one,
          })
      }
      events.push({ ...stamp(command), type: 'return', call: id, outcome: step.outcome, again: false })
      if (step.kept === null) continue
      const [before, after] = step.kept
      events.push({
        ...stamp(command),
        type: 'observation',
        observation: { probe: 'kept-items', call: id, before, after },
      })
    }
  }
  return { program: { commands: [], schedule: [] }, events, ended: 'complete' }
}

export const phoneDescription = (platform: 'android' | 'ios', more: Partial<Description> = {}): Description => ({
  name: 'any',
  version: '1',
  profiles: ['store', 'biometric', 'gate'],
  operations: ['put', 'get', 'delete', 'has', 'list', 'availability', 'authenticate'],
  values: 'bytes',
  limits: {},
  durability: 'durable',
  keyring: 'none',
  platform,
  biometric: {
    policies: ['current-set', 'any-enrolled', 'device-credential', 'none'],
    prompts: ['get'],
    backup: 'excluded',
    reinstall: 'adopts',
  },
  restore: 'namespace',
  derived: [],
  mapping: [],
  ...more,
})
