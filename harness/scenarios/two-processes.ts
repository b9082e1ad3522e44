import { calls, controlsOf, programs, type Weighted } from './commands.ts'
import type { Ground, Scenario } from './scenario.ts'

const names = ['a', 'b']

function stories(ground: Ground) {
  const kill = controlsOf(ground, { 'kill-app': 1 })
  const write = (start: 0 | 'always', ...by: readonly ('other' | undefined)[]): readonly Weighted[] =>
    by.flatMap((who) =>
      calls(ground, { names, weights: { put: 3, delete: 1 }, start, ...(who === undefined ? {} : { by: who }) }),
    )
  const one = (start: 0 | 'always', by?: 'other') =>
    calls(ground, { names: ['a'], weights: { put: 1 }, start, ...(by === undefined ? {} : { by }) })
  const both = (start: 0 | 'always') => write(start, undefined, 'other')
  const join = calls(ground, { names, weights: { unlock: 1 }, by: 'other' })
  const open = calls(ground, { names, weights: { unlock: 1 } })
  const get = calls(ground, { names, weights: { get: 4, list: 1 } })
  const after = [kill, open, get, get]
  return [
    [join, write('always', undefined), write(0, 'other'), ...after],
    [join, write('always', 'other'), write(0, undefined), ...after],
    [join, one('always'), one(0, 'other'), kill, open, calls(ground, { names: ['a'], weights: { get: 1 } })],
    [join, write(0, 'other'), write(0, undefined), ...after],
    [join, both('always'), both('always'), both(0), ...after],
    [join, both(0), both(0), both(0), ...after],
  ]
}

/** Two processes of one app that write into the same vault, side by side or in turn. */
export const twoProcesses: Scenario = {
  id: 'two-processes',
  about: 'two processes of the app write into one vault, and it is looked at what both left',
  reaches: ['left-by-two-processes'],
  fits: ({ description, others, controls }) =>
    others === true &&
    controls.has('kill-app') &&
    description.profiles.includes('store') &&
    description.processes !== 'one' &&
    (description.platform ?? 'desktop') === 'desktop',
  program: (ground) =>
    programs(
      ground,
      [
        ...calls(ground, { names, weights: { put: 5, delete: 1, get: 4, list: 1, unlock: 3 }, start: 1 }),
        ...calls(ground, { names, weights: { put: 5, delete: 1, unlock: 3 }, start: 1, by: 'other' }),
        ...controlsOf(ground, { 'kill-app': 1 }),
      ],
      stories(ground),
    ),
}
