import { calls, controlsOf, programs } from './commands.ts'
import { act, isPhone } from './phone-controls.ts'
import type { Ground, Scenario } from './scenario.ts'

/** Something is stored; two or three calls overlap; somebody looks. */
function stories(ground: Ground) {
  const put = calls(ground, { names: ['a', 'b'], weights: { put: 1 } })
  const left = calls(ground, { names: ['a', 'b'], weights: { put: 3, get: 2, delete: 1 }, start: 'always' })
  const ask = calls(ground, { names: ['a', 'b'], weights: { put: 2, get: 3 } })
  const get = calls(ground, { names: ['a', 'b'], weights: { get: 1 } })
  const tick = act(ground, 'advance-clock', { by: [10] })
  const open = calls(ground, { names: ['a'], weights: { unlock: 1 } })
  const kill = controlsOf(ground, { 'kill-app': 1 })
  const first = calls(ground, { names: ['a', 'b'], weights: { get: 1 }, start: 'always' })
  const opening = calls(ground, { names: ['a'], weights: { unlock: 1 }, start: 'always' })
  const one = (name: string, op: 'put' | 'get', start: 0 | 'always' = 0) =>
    calls(ground, { names: [name], weights: { [op]: 1 }, start })
  return [
    // The first calls of a process: to open it, where it has to be opened, or to read.
    ...(isPhone(ground) || kill.length === 0
      ? []
      : open.length > 0
        ? [[put, kill, opening, open, get]]
        : [[put, kill, first, get, get]]),
    // Two entries side by side.
    [one('a', 'put'), one('b', 'put'), one('a', 'get', 'always'), one('b', 'get'), one('a', 'get')],
    // One entry, twice.
    [one('a', 'put', 'always'), one('a', 'put'), get],
    // And read again and again while it is replaced.
    [one('a', 'put'), one('a', 'put', 'always'), ...Array.from({ length: 3 }, () => one('a', 'get', 'always')), get],
    ...(isPhone(ground)
      ? [
          [put, left, tick, ask, get],
          [put, left, tick, left, get],
        ]
      : []),
    [put, left, ask, get, get],
    [put, left, left, ask, get, get],
  ]
}

/** Several calls in flight, completing in any order. */
export const overlap: Scenario = {
  id: 'overlap',
  about: 'several calls are in flight at once and complete in any order',
  reaches: [
    'overlapping-calls',
    'read-during-write',
    'read-after-overlap',
    'read-after-crash',
    'main-thread-while-asking',
    'side-by-side',
    'created-together',
    'first-calls-together',
  ],
  fits: () => true,
  program: (ground) =>
    programs(
      ground,
      [
        ...calls(ground, { names: ['a', 'b'], weights: { put: 5, get: 5, delete: 1, has: 1, list: 1 }, start: 2 }),
        ...controlsOf(ground, { 'kill-app': 1 }),
        ...calls(ground, { names: ['a'], weights: { unlock: 1 } }),
      ],
      stories(ground),
    ),
}
