import type { Reason } from './reason.ts'

/** Why each mutant that survives may: the first that fits counts. `npm run mutants` fails for one without, and for one that fits none. */
export const reasons: readonly Reason[] = []
