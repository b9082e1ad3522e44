import type { Prompts } from '../../../harness/contract/device.ts'
import type { PromptPhase } from '../../../harness/contract/prompt.ts'
import type { Proofs } from './access.ts'
import type { PromptEnd } from './la-codes.ts'
import { missesInPrompt, type Phone, type Refusal, type Step } from './phone.ts'

/** Somebody of the app who wants the person to be asked. */
export interface Asker {
  /** Taken in this order; at least one. */
  readonly steps: readonly Step[]
  /** Whose prompt it is: an LAContext, or a call of its own. */
  readonly owner: object
  /** Whether the other button ends the prompt, for the app to offer a way of its own. */
  readonly ownButton: boolean
  end(how: PromptEnd | Refusal | Proofs): void
}

/** A prompt as it looks to whoever is in front of it. */
export interface PromptOnScreen {
  readonly number: number
  /** It asks for the passcode, and no finger will do. */
  readonly passcode: boolean
  /** Beside the one that dismisses it, it has a button of its own now. */
  readonly hasButton: boolean
}

/** The prompts of the phone: one is up at a time, the next waits. */
export interface PhonePrompts extends Prompts {
  /** Null where none is up. */
  current(): PromptOnScreen | null
  ask(asker: Asker): void
  /** What the person does. False where no prompt is up, or it has no such thing. */
  touch(finger: 'right' | 'wrong'): boolean
  cancel(by: 'dismissal' | 'button'): boolean
  forge(): boolean
  /** The app leaves the foreground: all prompts are taken down. False where none was up. */
  interrupt(): boolean
  /** The app takes its own prompt down. */
  withdraw(owner: object): void
  /** The app's process is gone: nobody is left to hear of anything. */
  lose(): void
  reset(): void
}

interface Shown {
  readonly asker: Asker
  readonly number: number
  /** The step at hand. */
  step: number
  /** Whether it asks for the passcode now. */
  passcode: boolean
  misses: number
  biometry: boolean
}

export const createPrompts = (phone: Phone): PhonePrompts => {
  let waiting: Asker[] = []
  let shown: Shown | null = null
  let count = 0
  let listen: (prompt: number, phase: PromptPhase) => void = () => {}

  const begin = (current: Shown) => {
    current.passcode = current.asker.steps[current.step] === 'passcode' || phone.refuses('biometry') !== null
    current.misses = 0
  }
  const next = () => {
    while (shown === null) {
      const asker = waiting.shift()
      if (asker === undefined) return
      const refusal = refusalFor(phone, asker.steps)
      if (refusal !== null) {
        asker.end(refusal)
        continue
      }
      shown = { asker, number: count, step: 0, passcode: false, misses: 0, biometry: false }
      count += 1
      begin(shown)
      listen(shown.number, 'shown')
    }
  }
  const end = (phase: PromptPhase, how: PromptEnd | Proofs) => {
    if (shown === null) return
    const { asker, number } = shown
    shown = null
    listen(number, phase)
    asker.end(how)
    next()
  }
  const recognised = (current: Shown, by: 'biometry' | 'passcode') => {
    phone.recognised()
    if (by === 'biometry') current.biometry = true
    current.step += 1
    if (current.step < current.asker.steps.length) begin(current)
    else end('matched', { biometry: current.biometry, passcode: by === 'passcode' })
  }
  const missed = (current: Shown) => {
    phone.miss()
    current.misses += 1
    listen(current.number, 'missed')
    const only = current.asker.steps[current.step] === 'biometry'
    if (phone.lockedOut()) {
      if (only) end('locked-out-for-good', 'locked-out-for-good')
      else current.passcode = true
    } else if (current.misses >= missesInPrompt[phone.profile().biometry]) {
      if (only) end('exhausted', 'exhausted')
      else current.passcode = true
    }
  }

  return {
    ask(asker) {
      waiting.push(asker)
      next()
    },
    up: () => shown !== null,
    current() {
      if (shown === null) return null
      const { number, passcode, misses, asker, step } = shown
      const hasButton = !passcode && misses > 0 && (asker.ownButton || asker.steps[step] === 'either')
      return { number, passcode, hasButton }
    },
    answer() {
      if (shown === null) return false
      recognised(shown, shown.passcode ? 'passcode' : 'biometry')
      return true
    },
    touch(finger) {
      if (shown === null || shown.passcode) return false
      if (finger === 'right') recognised(shown, 'biometry')
      else missed(shown)
      return true
    },
    cancel(by) {
      if (shown === null) return false
      if (by === 'dismissal') {
        end('dismissed', 'dismissed')
        return true
      }
      // The other button is hidden until the first miss.
      if (shown.passcode || shown.misses === 0) return false
      if (shown.asker.ownButton) end('button', 'button')
      else if (shown.asker.steps[shown.step] === 'either') shown.passcode = true
      else return false
      return true
    },
    forge() {
      if (shown === null) return false
      end('forged', 'forged')
      return true
    },
    interrupt() {
      if (shown === null) return false
      const others = waiting
      waiting = []
      end('system-cancelled', 'system-cancelled')
      for (const asker of others) asker.end('system-cancelled')
      return true
    },
    withdraw(owner) {
      const others = waiting.filter((asker) => asker.owner === owner)
      waiting = waiting.filter((asker) => asker.owner !== owner)
      for (const asker of others) asker.end('app-cancelled')
      if (shown?.asker.owner === owner) end('app-cancelled', 'app-cancelled')
    },
    lose() {
      if (waiting.length > 0) waiting = []
      if (shown === null) return
      const { number } = shown
      shown = null
      listen(number, 'lost')
    },
    onPhase(told) {
      listen = told
    },
    reset() {
      shown = null
      count = 0
      if (waiting.length > 0) waiting = []
    },
  }
}

/** Why nobody can be asked for these steps now; null where they can. */
export const refusalFor = (phone: Phone, steps: readonly Step[]): Refusal | null => {
  for (const step of steps) {
    const refusal = phone.refuses(step)
    if (refusal !== null) return refusal
  }
  return phone.locked() ? 'not-interactive' : null
}
