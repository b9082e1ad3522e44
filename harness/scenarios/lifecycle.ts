import { calls, controlsOf, programs } from './commands.ts'
import type { Scenario } from './scenario.ts'

/** A vault that is set up, opened, closed and destroyed. */
export const lifecycle: Scenario = {
  id: 'lifecycle',
  about: 'the vault is set up, opened, closed and destroyed between calls',
  reaches: ['acknowledged-write', 'round-trip'],
  fits: ({ description }) => description.profiles.includes('lifecycle'),
  program: (ground) =>
    programs(ground, [
      ...calls(ground, {
        names: ['a', 'b'],
        weights: { put: 5, get: 5, delete: 1, list: 1, setUp: 3, unlock: 4, lock: 2, state: 2, reset: 1 },
      }),
      ...controlsOf(ground, { 'kill-app': 1 }, true),
    ]),
}
