import { calls, controlsOf, powerCuts, programs } from './commands.ts'
import type { Ground, Scenario } from './scenario.ts'

function stories(ground: Ground) {
  const one = { names: ['a'] }
  const put = calls(ground, { ...one, weights: { put: 1 } })
  const get = calls(ground, { ...one, weights: { get: 1 } })
  const open = calls(ground, { ...one, weights: { unlock: 1 } })
  const write = calls(ground, { ...one, weights: { put: 2, delete: 1 } })
  const cut = powerCuts(ground)
  const left = calls(ground, { ...one, weights: { put: 1 }, start: 'always' })
  return [
    // Where effects are seen, a cut that is armed at one of them falls into a write.
    ...(ground.timePasses === true ? [[put, left, cut, open, get]] : []),
    [put, cut, open, get],
    [put, write, cut, open, get],
    [put, cut, write, open, get],
    [put, calls(ground, { ...one, weights: { delete: 1 } }), cut, open, get],
  ]
}

/** The power is cut, at once or while something is written. */
export const power: Scenario = {
  id: 'power',
  about: 'the power is cut between calls and while something is written',
  reaches: ['read-after-power-cut', 'read-after-torn-power-cut', 'read-after-delete'],
  fits: ({ controls }) => controls.has('cut-power'),
  program: (ground) =>
    programs(
      ground,
      [
        ...calls(ground, { names: ['a', 'b'], weights: { put: 6, get: 6, delete: 2, unlock: 7 } }),
        ...powerCuts(ground),
        ...controlsOf(ground, { 'kill-app': 1 }, true),
      ],
      stories(ground),
    ),
}
