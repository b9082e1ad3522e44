import type { Person } from '../../harness/contract/platforms/desktop.ts'
import type { PromptPhase } from '../../harness/contract/prompt.ts'
import type { VirtualClock } from '../simulation/clock.ts'
import type { Seam } from '../simulation/seam.ts'
import { createUnlockPrompts, type UnlockPrompts } from './unlock-prompts.ts'

/** The person in front of the simulated machine, asked to confirm one thing after the other. */
export interface SimulatedPerson {
  readonly port: Person
  readonly prompts: UnlockPrompts
}

export const createPerson = (seam: Seam, clock: VirtualClock): SimulatedPerson => {
  const prompts = createUnlockPrompts(seam, clock, null)
  return {
    port: {
      confirm: (_, waitMs) =>
        seam.pass(async () => {
          const end = await prompts.ask(waitMs)
          return end === 'unlocked' ? 'confirmed' : end
        }),
    },
    prompts,
  }
}

type Screen = Pick<UnlockPrompts, 'up' | 'answer' | 'dismiss' | 'leaveAlone' | 'lose' | 'reset' | 'onPhase'>

/** Prompts of two kinds on one screen: what is done about a prompt is done about the one that is up, of either. */
export const oneScreen = (first: UnlockPrompts, second: UnlockPrompts): Screen => {
  const either = (act: (prompts: UnlockPrompts) => boolean) => act(first) || act(second)
  return {
    up: () => either((prompts) => prompts.up()),
    answer: () => either((prompts) => prompts.answer()),
    dismiss: () => either((prompts) => prompts.dismiss()),
    leaveAlone: () => either((prompts) => prompts.leaveAlone()),
    lose() {
      first.lose()
      second.lose()
    },
    reset() {
      first.reset()
      second.reset()
    },
    onPhase(told) {
      let count = 0
      // Counted together, in the order in which they are shown.
      const numbered = () => {
        const known = new Map<number, number>()
        return (prompt: number, phase: PromptPhase) => {
          if (phase === 'shown') known.set(prompt, count++)
          told(known.get(prompt) ?? 0, phase)
        }
      }
      first.onPhase(numbered())
      second.onPhase(numbered())
    },
  }
}
