import { calls, controlsOf, programs } from './commands.ts'
import type { Scenario } from './scenario.ts'

/** A keyring that is locked, gone, and back. */
export const keyring: Scenario = {
  id: 'keyring',
  about: 'the keyring is locked, taken away and brought back between calls',
  reaches: [
    'call-while-locked',
    'existing-while-locked',
    'call-while-absent',
    'write-without-store',
    'read-after-write-without-store',
    'read-after-restart',
    'availability-probe',
  ],
  fits: ({ controls, description }) => controls.has('lock-keyring') && description.keyring !== 'none',
  program: (ground) =>
    programs(ground, [
      ...calls(ground, {
        names: ['a', 'a', 'a', 'b'],
        weights: { put: 5, get: 5, delete: 1, has: 1, list: 1, availability: 1, unlock: 8, lock: 3, state: 1 },
      }),
      ...controlsOf(ground, {
        'lock-keyring': 2,
        'unlock-keyring': 3,
        'stop-keyring': 2,
        'start-keyring': 3,
        'kill-app': 1,
      }),
    ]),
}
