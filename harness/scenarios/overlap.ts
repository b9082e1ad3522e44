import { calls, controlsOf, programs } from './commands.ts'
import type { Scenario } from './scenario.ts'

/** Several calls in flight, completing in any order. */
export const overlap: Scenario = {
  id: 'overlap',
  about: 'several calls are in flight at once and complete in any order',
  reaches: ['overlapping-calls', 'read-during-write', 'read-after-overlap', 'read-after-crash'],
  fits: () => true,
  program: (ground) =>
    programs(ground, [
      ...calls(ground, { names: ['a', 'b'], weights: { put: 5, get: 5, delete: 1, has: 1, list: 1 }, start: 2 }),
      ...controlsOf(ground, { 'kill-app': 1 }),
      ...calls(ground, { names: ['a'], weights: { unlock: 1 } }),
    ]),
}
