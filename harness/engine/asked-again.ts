import type { Observation } from '../contract/history.ts'
import type { PromptPhase } from '../contract/prompt.ts'

/** Follows the prompts of one call that is alone, by the effects that lie before each. */
export interface AskedAgain {
  begin(call: number): void
  /** Null where nothing is to be said. */
  phase(phase: PromptPhase): Observation | null
}

/** `passed`: how many effects have passed so far. */
export function askedAgain(passed: () => number): AskedAgain {
  let call = 0
  let began = 0
  let first: number | null = null
  let refused: number | null = null
  return {
    begin(next) {
      call = next
      began = passed()
      first = null
      refused = null
    },
    phase(phase) {
      if (phase === 'dismissed') refused ??= passed()
      if (phase !== 'shown') return null
      if (first === null) first = passed() - began
      else if (refused !== null) {
        const again = passed() - refused
        refused = null
        return { probe: 'asked-again', call, first, again }
      }
      return null
    },
  }
}
