import { type Calls, calls, type StoryStep } from './commands.ts'
import { act } from './phone-controls.ts'
import type { Ground } from './scenario.ts'

/** Who is not known: a sensor that was touched too often, a prompt that is dismissed, a match that never was. */
export function storiesOfLockout(ground: Ground): readonly (readonly StoryStep[])[] {
  const asking = { names: ['a'], access: ['current-set', 'any-enrolled'] as const }
  const put = calls(ground, { ...asking, weights: { put: 1 } })
  const call = (weights: Calls['weights']) => calls(ground, { names: ['a'], weights })
  const get = call({ get: 1, authenticate: 1 })
  const reads = calls(ground, { names: ['a'], weights: { get: 1, authenticate: 1 }, start: 'always' })
  const ask = call({ availability: 1 })
  const wrong = act(ground, 'touch', { finger: ['wrong'] })
  const wait = act(ground, 'advance-clock', { by: [31_000, 60_000] })
  const temporary = act(ground, 'lock-out', { how: ['temporary'] })
  const permanent = act(ground, 'lock-out', { how: ['permanent'] })
  const language = act(ground, 'change-language')
  const forged = act(ground, 'forge-match')
  const lockUnlock = [act(ground, 'lock-screen'), act(ground, 'unlock-screen')]
  // A gate has nothing to put.
  const kept = ground.description.operations.includes('put') ? [put] : []
  return [
    [...kept, temporary, get, wait, get],
    [...kept, permanent, get, ...lockUnlock, get],
    [...kept, reads, wrong, wrong, wrong, wrong, wrong, get, wait, get],
    [...kept, permanent, get, language, get],
    [permanent, put, language, put],
    [...kept, temporary, get, permanent, get],
    [calls(ground, { names: ['a'], access: ['device-credential'], weights: { put: 1 } }), permanent, get],
    [ask, temporary, ask, wait, ask],
    [ask, permanent, ask, ...lockUnlock, ask],
    [...kept, get, reads, forged],
    [...kept, get, reads, act(ground, 'cancel-prompt', { by: ['dismissal'] })],
    [...kept, reads, forged, get],
  ]
}
