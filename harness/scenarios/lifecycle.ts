import { armedKills, calls, controlsOf, programs, rounds } from './commands.ts'
import type { Ground, Scenario } from './scenario.ts'

/** A set-up or reset that is killed, and somebody who tries to go on. */
function stories(ground: Ground) {
  const call = (op: 'setUp' | 'unlock' | 'lock' | 'state' | 'reset' | 'put' | 'get') =>
    calls(ground, { names: ['a'], weights: { [op]: 1 } })
  const armed = armedKills(ground, 15)
  // Again and again: the one effect between two writes has to be hit.
  const again = [call('reset'), armed, call('setUp'), call('setUp'), call('unlock')]
  return [
    rounds(ground, again),
    rounds(ground, again),
    rounds(ground, again),
    rounds(ground, [armedKills(ground), call('reset'), call('unlock'), call('setUp')]),
    // A reset is a few effects, and each but the last leaves something.
    rounds(ground, [armedKills(ground, 3), call('reset'), call('setUp'), call('unlock')]),
    rounds(ground, [armedKills(ground, 3), call('reset'), call('setUp'), call('unlock')]),
    [call('reset'), armed, call('setUp'), call('setUp'), call('unlock'), call('put'), call('get')],
    [call('put'), call('get'), call('lock'), [...call('get'), ...call('state')], call('unlock'), call('state')],
    [call('put'), call('get'), call('reset'), [...call('unlock'), ...call('get')], call('state')],
    [call('put'), armed, call('reset'), call('unlock'), call('setUp'), call('unlock')],
  ]
}

/** A vault that is set up, opened, closed and destroyed. */
export const lifecycle: Scenario = {
  id: 'lifecycle',
  about: 'the vault is set up, opened, closed and destroyed between calls',
  reaches: ['half-set-up', 'read-while-closed', 'used-after-reset', 'state-told'],
  fits: ({ description }) => description.profiles.includes('lifecycle'),
  program: (ground) =>
    programs(
      ground,
      [
        ...calls(ground, {
          names: ['a', 'b'],
          weights: { put: 5, get: 5, delete: 1, list: 1, setUp: 3, unlock: 4, lock: 2, state: 2, reset: 1 },
        }),
        ...controlsOf(ground, { 'kill-app': 1 }, true),
      ],
      stories(ground),
    ),
}
