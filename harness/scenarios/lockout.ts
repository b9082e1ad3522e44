import { type Calls, calls, programs } from './commands.ts'
import { act, isPhone, whole } from './phone-controls.ts'
import type { Ground, Scenario } from './scenario.ts'

function stories(ground: Ground) {
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
  const lockUnlock = [act(ground, 'lock-screen'), act(ground, 'unlock-screen')]
  // A gate has nothing to put.
  const kept = ground.description.operations.includes('put') ? [put] : []
  return whole([
    [...kept, temporary, get, wait, get],
    [...kept, permanent, get, ...lockUnlock, get],
    [...kept, reads, wrong, wrong, wrong, wrong, wrong, get, wait, get],
    [...kept, permanent, get, language, get],
    [permanent, put, language, put],
    [...kept, temporary, get, permanent, get],
    [calls(ground, { names: ['a'], access: ['device-credential'], weights: { put: 1 } }), permanent, get],
    [ask, temporary, ask, wait, ask],
    [ask, permanent, ask, ...lockUnlock, ask],
  ])
}

/** A sensor that was touched too often by who is not known. */
export const lockout: Scenario = {
  id: 'lockout',
  about: 'the sensor is locked out for a while and for good, and comes back',
  reaches: [
    'read-while-locked-out',
    'read-while-locked-out-for-good',
    'read-after-lockout',
    'exhausted-prompt',
    'told-in-another-language',
    'availability-told',
  ],
  fits: isPhone,
  program: (ground) => {
    const all = stories(ground)
    return programs(
      ground,
      [
        ...calls(ground, {
          names: ['a', 'b'],
          weights: { put: 4, get: 6, authenticate: 6, availability: 2 },
          start: 1,
        }),
        ...act(ground, 'touch', { finger: ['right', 'wrong', 'wrong'] }, 6),
        ...act(ground, 'lock-out', { how: ['temporary', 'permanent'] }, 2),
        ...act(ground, 'lock-screen'),
        ...act(ground, 'unlock-screen', {}, 2),
        ...act(ground, 'advance-clock', { by: [1, 31_000] }, 2),
        ...act(ground, 'change-language'),
      ],
      all,
      Math.ceil(all.length / 3),
    )
  },
}
