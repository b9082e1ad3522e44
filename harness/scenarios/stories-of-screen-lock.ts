import type { AccessPolicy } from '../contract/operations.ts'
import { type Calls, calls, type StoryStep } from './commands.ts'
import { act, onPhone } from './phone-controls.ts'
import type { Ground } from './scenario.ts'

/** The phone's own PIN: changed by who knows it, forced by who does not, removed and set. */
export function storiesOfScreenLock(ground: Ground): readonly (readonly StoryStep[])[] {
  const call = (weights: Calls['weights'], access?: readonly AccessPolicy[]) =>
    calls(ground, { names: ['a'], weights, ...(access === undefined ? {} : { access }) })
  const put = call({ put: 1 })
  const get = call({ get: 1, authenticate: 1 })
  const change = (old: 'proven' | 'unproven') => act(ground, 'change-screen-lock', { old: [old] })
  const none = act(ground, 'remove-screen-lock')
  const set = act(ground, 'set-screen-lock')
  const ask = call({ availability: 1 })
  const byPin = call({ put: 1 }, ['device-credential'])
  // A gate has nothing to put.
  const kept = ground.description.operations.includes('put') ? [put] : []
  return [
    [put, change('proven'), get],
    [put, change('unproven'), get],
    [onPhone(ground), put, change('unproven'), get],
    [...kept, none, get],
    [onPhone(ground), put, none, get],
    [...kept, none, set, get],
    [put, none, set, put, get],
    // Each tells of a lost key in a way of its own.
    [onPhone(ground, 'android-34', 'android-30', 'android-28'), put, none, set, get],
    [none, put, ask],
    [none, byPin, ask],
    [none, ask, set, ask],
    [call({ put: 1 }, ['none']), none, get],
    [byPin, act(ground, 'unenrol', { which: ['all'] }), get],
    [byPin, get, act(ground, 'lock-out', { how: ['permanent'] }), get],
  ]
}
