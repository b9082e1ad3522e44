import type { Prompts } from '../../harness/contract/device.ts'
import { KeyringError, type UnlockEnd } from '../../harness/contract/platforms/desktop.ts'
import type { PromptPhase } from '../../harness/contract/prompt.ts'
import type { VirtualClock } from '../simulation/clock.ts'
import type { Seam } from '../simulation/seam.ts'

/** The prompts by which a locked keyring asks for its password. One is up at a time, the next waits. */
export interface UnlockPrompts extends Prompts {
  /** Shows one, for that many milliseconds at most. Rejects where the keyring goes away meanwhile. */
  ask(waitMs: number): Promise<UnlockEnd>
  /** What the person does. False where no prompt is up. */
  dismiss(): boolean
  /** Nobody does anything about the prompt that is up. */
  leaveAlone(): boolean
  /** The keyring was unlocked by other means: nobody need be asked any more. */
  unlocked(): void
  /** The keyring is gone, and its prompts with it. */
  gone(error: KeyringError): void
  /** The app's process is gone: the keyring takes its prompts down. */
  lose(): void
  reset(): void
}

interface Asker {
  end(how: UnlockEnd | KeyringError): void
}
interface Shown {
  readonly asker: Asker
  readonly number: number
  attended: boolean
}

/** @param unlock unlocks the keyring, as the right password does; null where each prompt asks for something of its own */
export const createUnlockPrompts = (seam: Seam, clock: VirtualClock, unlock: (() => void) | null): UnlockPrompts => {
  let waiting: Asker[] = []
  let shown: Shown | null = null
  let count = 0
  let listen: (prompt: number, phase: PromptPhase) => void = () => {}

  const next = () => {
    const asker = shown === null ? waiting.shift() : undefined
    if (asker === undefined) return
    shown = { asker, number: count++, attended: true }
    listen(shown.number, 'shown')
  }
  /** Takes the prompt that is up down. Null where none is. */
  const takeDown = (phase: PromptPhase): Asker | null => {
    if (shown === null) return null
    const { asker, number } = shown
    shown = null
    listen(number, phase)
    return asker
  }
  const endAll = (phase: PromptPhase, how: UnlockEnd | KeyringError) => {
    const up = takeDown(phase)
    const all = up === null ? waiting : [up, ...waiting]
    waiting = []
    for (const asker of all) asker.end(how)
  }
  const timedOut = (asker: Asker) => {
    if (shown?.asker === asker) takeDown('timed-out')
    else if (waiting.includes(asker)) waiting = waiting.filter((other) => other !== asker)
    else return
    asker.end('unanswered')
    next()
  }

  return {
    ask: (waitMs) =>
      new Promise((resolve, reject) => {
        // What became of the prompt reaches the app as an effect of its own.
        const asker: Asker = {
          end: (how) => void seam.pass(() => (how instanceof KeyringError ? reject(how) : resolve(how))),
        }
        clock.at(waitMs, () => timedOut(asker))
        waiting.push(asker)
        next()
      }),
    up: () => shown !== null,
    answer() {
      if (shown?.attended !== true) return false
      if (unlock === null) {
        takeDown('matched')?.end('unlocked')
        next()
      } else {
        unlock()
        endAll('matched', 'unlocked')
      }
      return true
    },
    dismiss() {
      const asker = takeDown('dismissed')
      asker?.end('dismissed')
      next()
      return asker !== null
    },
    leaveAlone() {
      if (shown?.attended !== true) return false
      shown.attended = false
      return true
    },
    unlocked: () => endAll('system-cancelled', 'unlocked'),
    gone: (error) => endAll('system-cancelled', error),
    lose() {
      if (waiting.length > 0) waiting = []
      takeDown('lost')
    },
    onPhase(told) {
      listen = told
    },
    reset() {
      if (waiting.length > 0) waiting = []
      shown = null
      count = 0
    },
  }
}
