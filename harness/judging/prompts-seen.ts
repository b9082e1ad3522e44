import type { Code } from '../contract/codes.ts'
import type { PromptPhase } from '../contract/prompt.ts'

/** One prompt, as the harness saw it. */
export interface PromptSeen {
  readonly prompt: number
  /** Calls that were in flight when it was shown: where there is one, it is that one's. */
  readonly calls: readonly number[]
  /** How often the person was not recognised. */
  missed: number
  /** Null while it is up. */
  end: Exclude<PromptPhase, 'shown' | 'missed'> | null
}

/** Follows the prompts of a history. */
export interface PromptsSeen {
  phase(prompt: number, phase: PromptPhase, flying: Iterable<number>): void
  of(call: number): readonly PromptSeen[]
  /** Whether one is up. */
  readonly up: boolean
}

const none: readonly PromptSeen[] = []

export function promptsSeen(): PromptsSeen {
  const seen = new Map<number, PromptSeen>()
  let up = 0
  return {
    get up() {
      return up > 0
    },
    phase(prompt, phase, flying) {
      const known = seen.get(prompt)
      if (phase === 'shown' || known === undefined) {
        seen.set(prompt, { prompt, calls: [...flying], missed: 0, end: null })
        up++
        if (phase !== 'shown') this.phase(prompt, phase, flying)
      } else if (phase === 'missed') known.missed++
      else {
        if (known.end === null) up--
        known.end = phase
      }
    },
    of: (call) => (seen.size === 0 ? none : [...seen.values()].filter(({ calls }) => calls.includes(call))),
  }
}

/** Codes by which a call may fail whose prompt ended so. */
export const excusedBy = {
  matched: [],
  forged: [],
  dismissed: ['user-cancelled'],
  button: ['user-cancelled', 'fallback-chosen'],
  'timed-out': ['timeout'],
  'system-cancelled': ['system-cancelled', 'user-cancelled'],
  'app-cancelled': ['system-cancelled', 'user-cancelled', 'timeout', 'busy'],
  exhausted: ['auth-failed'],
  'locked-out': ['locked-out-temporary', 'auth-failed'],
  'locked-out-for-good': ['locked-out-permanent', 'auth-failed'],
  lost: ['system-cancelled', 'user-cancelled', 'auth-failed'],
} as const satisfies Record<Exclude<PromptPhase, 'shown' | 'missed'>, readonly Code[]>
