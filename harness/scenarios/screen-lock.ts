import type { AccessPolicy } from '../contract/operations.ts'
import { type Calls, calls, programs } from './commands.ts'
import { act, isPhone, onPhone, whole } from './phone-controls.ts'
import type { Ground, Scenario } from './scenario.ts'

function stories(ground: Ground) {
  const call = (weights: Calls['weights'], access?: readonly AccessPolicy[]) =>
    calls(ground, { names: ['a'], weights, ...(access === undefined ? {} : { access }) })
  const put = call({ put: 1 })
  const get = call({ get: 1 })
  const change = (old: 'proven' | 'unproven') => act(ground, 'change-screen-lock', { old: [old] })
  const none = act(ground, 'remove-screen-lock')
  const set = act(ground, 'set-screen-lock')
  const ask = call({ availability: 1 })
  return whole([
    [put, change('proven'), get],
    [put, change('unproven'), get],
    [onPhone(ground), put, change('unproven'), get],
    [put, none, get],
    [onPhone(ground), put, none, get],
    [put, none, set, get],
    [put, none, set, put, get],
    [none, put, ask],
    [none, ask, set, ask],
    [call({ put: 1 }, ['none']), none, get],
    [call({ put: 1 }, ['device-credential']), act(ground, 'unenrol', { which: ['all'] }), get],
    [call({ put: 1 }, ['device-credential']), get, act(ground, 'lock-out', { how: ['permanent'] }), get],
  ])
}

/** The phone's own PIN: changed by who knows it, forced by who does not, removed and set. */
export const screenLock: Scenario = {
  id: 'screen-lock',
  about: "the phone's screen lock is changed, forced, removed and set between calls",
  reaches: [
    'read-after-lock-change',
    'read-after-proven-lock-change',
    'unbound-read-after-lock-change',
    'read-without-lock',
    'read-without-fingers',
    'availability-told',
  ],
  fits: (ground) => isPhone(ground) && ground.controls.has('remove-screen-lock'),
  program: (ground) =>
    programs(
      ground,
      [
        ...calls(ground, { names: ['a', 'a', 'b'], weights: { put: 5, get: 7, availability: 1 } }),
        ...act(ground, 'change-screen-lock', { old: ['proven', 'unproven'] }, 2),
        ...act(ground, 'remove-screen-lock'),
        ...act(ground, 'set-screen-lock', {}, 2),
        ...act(ground, 'unenrol', { which: ['all'] }),
        ...act(ground, 'lock-screen'),
        ...act(ground, 'unlock-screen', {}, 2),
        ...onPhone(ground),
      ],
      stories(ground),
    ),
}
