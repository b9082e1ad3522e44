import { z } from 'zod'

/**
 * What happens to a prompt of the system: it is shown; the person is not recognised (which never ends it); it ends by a
 * match, or without one. `forged`: the app is told of a match that never was, and the prompt is gone.
 */
export const promptPhases = [
  'shown',
  'missed',
  'matched',
  'forged',
  'dismissed',
  'button',
  'timed-out',
  'system-cancelled',
  'app-cancelled',
  'locked-out',
  'locked-out-for-good',
  'lost',
] as const
export type PromptPhase = (typeof promptPhases)[number]
export const promptPhaseSchema = z.enum(promptPhases)
