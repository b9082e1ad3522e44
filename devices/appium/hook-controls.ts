import { spawn } from 'node:child_process'
import type { Control, ControlName } from '../../harness/contract/controls.ts'
import { DeviceFault } from '../../harness/contract/device.ts'
import type { Applied, DrivenPhone } from './driven-phone.ts'
import type { Hook } from './phone-entry.ts'

const usualMs = 60_000
/** The exit status, and the status of HTTP, by which a hook says that the control has no meaning now. */
export const skippedStatus = 75
const skippedHttp = 409

/** How a prompt that was up ends by a control, where that follows from the control alone. */
const endings: Partial<Record<ControlName, Applied['prompt']>> = {
  enrol: 'system-cancelled',
  unenrol: 'system-cancelled',
  'leave-app': 'system-cancelled',
  'lock-screen': 'system-cancelled',
  'change-screen-lock': 'system-cancelled',
  'remove-screen-lock': 'system-cancelled',
  reboot: 'lost',
}
const endingOf = (control: Control): Pick<Applied, 'prompt' | 'missed'> => {
  if (control.control === 'touch')
    return control.finger === 'right' ? { prompt: 'matched' } : { missed: true, prompt: 'locked-out' }
  if (control.control === 'cancel-prompt') return { prompt: control.by === 'dismissal' ? 'dismissed' : 'button' }
  const prompt = endings[control.control]
  return prompt === undefined ? {} : { prompt }
}

/**
 * Runs one control by a command, which gets the control as JSON in HOLDFAST_CONTROL, or by a POST with it as the body.
 * @throws DeviceFault where the hook fails
 */
export const callHook = async (hook: Hook | OwnControl, control: Control): Promise<Applied> => {
  const answer = typeof hook === 'function' ? ((await hook(control)) ?? 'done') : await answerOf(hook, control)
  if (answer === 'skipped') return { result: 'skipped' }
  if (answer === 'done') return { result: 'done', ...endingOf(control) }
  throw new DeviceFault(`The hook of the control '${control.control}' failed: ${answer.why}.`)
}

/** A control by code of a test project: it says that it had no meaning, or nothing. */
export type OwnControl = (control: Control) => Promise<'done' | 'skipped' | undefined>

const answerOf = (hook: Hook, control: Control): Promise<Answer> => {
  const { timeoutMs = usualMs } = hook
  const told = JSON.stringify(control)
  return 'run' in hook ? runHook(hook.run, told, timeoutMs) : postHook(hook.post, told, timeoutMs)
}

type Answer = 'done' | 'skipped' | { readonly why: string }

const runHook = (words: readonly string[], told: string, timeoutMs: number): Promise<Answer> =>
  new Promise((resolve) => {
    const [command = '', ...args] = words
    const child = spawn(command, args, {
      env: { ...process.env, HOLDFAST_CONTROL: told },
      stdio: ['ignore', 'ignore', 'ignore'],
      timeout: timeoutMs,
    })
    child.once('error', (error) => resolve({ why: `${command} does not run (${error.message})` }))
    child.once('exit', (status, signal) => {
      if (status === 0) resolve('done')
      else if (status === skippedStatus) resolve('skipped')
      else resolve({ why: `${command} ended with ${signal === null ? `status ${status}` : signal}` })
    })
  })

const postHook = async (url: string, told: string, timeoutMs: number): Promise<Answer> => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: told,
      signal: AbortSignal.timeout(timeoutMs),
    })
    await response.arrayBuffer()
    if (response.status === skippedHttp) return 'skipped'
    return response.ok ? 'done' : { why: `${url} answered ${response.status}` }
  } catch (error) {
    return { why: `${url} does not answer (${error instanceof Error ? error.message : String(error)})` }
  }
}

/** The phone with controls of the user's own, in place of its driver's or beside them. */
export const withHooks = (
  phone: DrivenPhone,
  hooks: Readonly<Partial<Record<ControlName, Hook | OwnControl>>>,
): DrivenPhone => {
  const own = new Map(Object.entries(hooks))
  if (own.size === 0) return phone
  return {
    ...phone,
    controls: new Set([...phone.controls, ...([...own.keys()] as ControlName[])]),
    lacks: Object.fromEntries(Object.entries(phone.lacks).filter(([control]) => !own.has(control))),
    apply(control) {
      const hook = own.get(control.control)
      return hook === undefined ? phone.apply(control) : callHook(hook, control)
    },
    [Symbol.asyncDispose]: () => phone[Symbol.asyncDispose](),
  }
}
