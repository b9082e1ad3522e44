import { calls, controlsOf, programs } from './commands.ts'
import type { Scenario } from './scenario.ts'

/** Deaths of the vault, the keyring and the machine between writes and reads. */
export const restarts: Scenario = {
  id: 'restarts',
  about: 'the process, the keyring and the machine die between writes and reads',
  reaches: ['read-after-kill', 'read-after-crash', 'read-after-restart', 'read-after-delete'],
  fits: ({ controls }) => controls.has('kill-app'),
  program: (ground) =>
    programs(ground, [
      ...calls(ground, {
        names: ['a', 'a', 'a', 'b'],
        weights: { put: 6, get: 7, delete: 4, has: 1, list: 1, unlock: 9 },
      }),
      ...controlsOf(ground, { 'kill-app': 2, 'restart-keyring': 2, 'restart-machine': 1 }, true),
    ]),
}
